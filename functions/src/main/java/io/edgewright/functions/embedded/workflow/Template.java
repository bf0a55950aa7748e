package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import java.util.Optional;

/// JSON in which texts between `{%` and `%}` are JSONata.
record Template(JsonNode json) {
  /// The input of a state as it is: the output of a state that does nothing else.
  static final Template INPUT = of("{% $states.input %}");

  /// The result of a state as it is: the output of a state that has no `Output`.
  static final Template RESULT = of("{% $states.result %}");

  /// The error as it is: the output of a catcher that has no `Output`.
  static final Template ERROR_OUTPUT = of("{% $states.errorOutput %}");

  /// What an item of a map gets where there is no `ItemSelector`.
  static final Template ITEM = of("{% $states.context.Map.Item.Value %}");

  private static Template of(String text) {
    return new Template(Json.object().textNode(text));
  }

  /// @throws IllegalArgumentException when an expression is no JSONata, or refers to what is not
  ///   there
  static Template of(JsonNode json, Visible visible) {
    check(json, visible);
    return new Template(json);
  }

  private static void check(JsonNode node, Visible visible) {
    node.forEach(part -> check(part, visible));
    Expression.in(node).ifPresent(expression -> expression.check(visible));
  }

  /// @throws WorkflowException when an expression cannot be evaluated, or has no value
  JsonNode evaluate(Scope scope) {
    return evaluate(json, scope);
  }

  private static JsonNode evaluate(JsonNode node, Scope scope) {
    Optional<Expression> expression = Expression.in(node);
    if (expression.isPresent()) {
      return expression.get().evaluate(scope);
    }
    if (node instanceof ObjectNode object) {
      ObjectNode out = Json.object();
      object
          .properties()
          .forEach(field -> out.set(field.getKey(), evaluate(field.getValue(), scope)));
      return out;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode out = Json.array();
      array.forEach(element -> out.add(evaluate(element, scope)));
      return out;
    }
    return node;
  }
}
