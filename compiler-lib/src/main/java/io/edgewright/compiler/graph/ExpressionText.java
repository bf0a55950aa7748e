package io.edgewright.compiler.graph;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An expression as people write it: `max(0, in0 + in1)`. A long one ends in dots.
final class ExpressionText {
  /// Shared parts make the tree of an expression far larger than its graph.
  private static final int LONGEST = 160;

  private static final int COMPARISON = 1;
  private static final int SUM = 2;
  private static final int PRODUCT = 3;

  private static final Map<ScalarFunction, String> OPERATORS =
      Map.ofEntries(
          Map.entry(ScalarFunction.ADD, "+"),
          Map.entry(ScalarFunction.SUBTRACT, "-"),
          Map.entry(ScalarFunction.MULTIPLY, "*"),
          Map.entry(ScalarFunction.DIVIDE, "/"),
          Map.entry(ScalarFunction.EQUAL, "=="),
          Map.entry(ScalarFunction.LESS, "<"),
          Map.entry(ScalarFunction.LESS_OR_EQUAL, "<="),
          Map.entry(ScalarFunction.AND, "and"),
          Map.entry(ScalarFunction.OR, "or"));

  private static final Map<ScalarFunction, String> FUNCTIONS =
      Map.of(
          ScalarFunction.MINIMUM, "min",
          ScalarFunction.MAXIMUM, "max",
          ScalarFunction.ABSOLUTE, "abs",
          ScalarFunction.SQUARE_ROOT, "sqrt");

  private final List<String> inputs;
  private final StringBuilder text = new StringBuilder();

  private ExpressionText(List<String> inputs) {
    this.inputs = inputs;
  }

  /// @param inputs what each input is called
  static String of(Expression expression, List<String> inputs) {
    ExpressionText writer = new ExpressionText(inputs);
    writer.write(expression, 0);
    return writer.isFull() ? writer.text.substring(0, LONGEST) + "..." : writer.text.toString();
  }

  private boolean isFull() {
    return text.length() > LONGEST;
  }

  /// @param strength of the operator beside it; 0 where none is
  private void write(Expression expression, int strength) {
    if (isFull()) {
      return;
    }
    switch (expression) {
      case Expression.Input(int index) -> input(inputs.get(index), strength);
      case Expression.Real(_, double value) ->
          text.append(
              value == Math.rint(value) && Math.abs(value) < 1e9
                  ? Long.toString((long) value)
                  : Float.toString((float) value));
      case Expression.Whole(_, long value) -> text.append(value);
      case Expression.Convert(var to, Expression argument) -> call(to.text(), List.of(argument));
      case Expression.Apply(ScalarFunction function, List<Expression> arguments) ->
          apply(function, arguments, strength);
    }
  }

  private void apply(ScalarFunction function, List<Expression> arguments, int strength) {
    String operator = OPERATORS.get(function);
    if (operator == null) {
      call(FUNCTIONS.getOrDefault(function, name(function)), arguments);
      return;
    }
    int own = "*/".contains(operator) ? PRODUCT : "+-".contains(operator) ? SUM : COMPARISON;
    text.append(own < strength ? "(" : "");
    write(arguments.get(0), own);
    text.append(" ").append(operator).append(" ");
    write(arguments.get(1), own + 1);
    text.append(own < strength ? ")" : "");
  }

  /// An input may itself be a sum.
  private void input(String name, int strength) {
    text.append(strength > SUM && name.contains(" + ") ? "(" + name + ")" : name);
  }

  private void call(String function, List<Expression> arguments) {
    text.append(function).append('(');
    for (int i = 0; i < arguments.size(); i++) {
      text.append(i == 0 ? "" : ", ");
      write(arguments.get(i), 0);
    }
    text.append(')');
  }

  private static String name(ScalarFunction function) {
    return function.name().toLowerCase(Locale.ROOT);
  }
}
