package io.edgewright.compiler.endtoend;

import static io.edgewright.compiler.graph.Expression.apply;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.tensor.ElementType;

/// Short words for float32 expressions.
final class Formulas {
  private Formulas() {}

  static Expression in(int index) {
    return new Expression.Input(index);
  }

  static Expression number(double value) {
    return new Expression.Real(ElementType.FLOAT32, value);
  }

  static Expression plus(Expression left, Expression right) {
    return apply(ScalarFunction.ADD, left, right);
  }

  static Expression minus(Expression left, Expression right) {
    return apply(ScalarFunction.SUBTRACT, left, right);
  }

  static Expression times(Expression left, Expression right) {
    return apply(ScalarFunction.MULTIPLY, left, right);
  }

  static Expression half(Expression expression) {
    return times(number(0.5), expression);
  }

  static Expression exp(Expression expression) {
    return apply(ScalarFunction.EXP, expression);
  }
}
