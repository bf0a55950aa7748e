package io.edgewright.functions.embedded.workflow;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import org.jspecify.annotations.Nullable;

/// JSON in which texts between `{%` and `%}` are JSONata over `$states`.
record Template(JsonNode json) {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  /// The input of a state as it is: the output of a state that has no `Output`.
  static final Template INPUT = new Template(Json.object().textNode("{% $states.input %}"));

  /// The result of a state as it is.
  static final Template RESULT = new Template(Json.object().textNode("{% $states.result %}"));

  /// @throws IllegalArgumentException when an expression is no JSONata
  static Template of(JsonNode json) {
    check(json);
    return new Template(json);
  }

  private static void check(JsonNode node) {
    node.forEach(Template::check);
    String expression = expression(node);
    if (expression != null) {
      try {
        Jsonata.jsonata(expression);
      } catch (JException e) {
        throw new IllegalArgumentException("`" + expression + "`: " + e.getMessage(), e);
      }
    }
  }

  private static @Nullable String expression(JsonNode node) {
    String text = node.isTextual() ? node.asText().strip() : "";
    return text.startsWith("{%") && text.endsWith("%}") && text.length() >= 4
        ? text.substring(2, text.length() - 2).strip()
        : null;
  }

  /// @param states what `$states` is here
  /// @throws WorkflowException when an expression cannot be evaluated, or has no value
  JsonNode evaluate(ObjectNode states) {
    return evaluate(json, states);
  }

  private static JsonNode evaluate(JsonNode node, ObjectNode states) {
    String expression = expression(node);
    if (expression != null) {
      return value(expression, states);
    }
    if (node instanceof ObjectNode object) {
      ObjectNode out = Json.object();
      object
          .properties()
          .forEach(field -> out.set(field.getKey(), evaluate(field.getValue(), states)));
      return out;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode out = Json.array();
      array.forEach(element -> out.add(evaluate(element, states)));
      return out;
    }
    return node;
  }

  private static JsonNode value(String expression, ObjectNode states) {
    try {
      // Parsed anew each time: a parsed expression must not be shared between threads.
      Jsonata jsonata = Jsonata.jsonata(expression);
      Jsonata.Frame frame = jsonata.createFrame();
      frame.bind("states", PLAIN.convertValue(states, Object.class));
      Object value = jsonata.evaluate(null, frame);
      if (value != null) {
        return PLAIN.valueToTree(value);
      }
    } catch (JException e) {
      throw new WorkflowException(
          "States.QueryEvaluationError", "`" + expression + "`: " + e.getMessage());
    }
    throw new WorkflowException("States.QueryEvaluationError", "`" + expression + "` has no value");
  }
}
