package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.tensor.ElementType;

/// Short words for expressions, so that a formula in an importer looks like one.
final class Formulas {
  private Formulas() {}

  /// The first input.
  static Expression x() {
    return in(0);
  }

  static Expression in(int index) {
    return new Expression.Input(index);
  }

  static Expression number(ElementType type, double value) {
    return Expression.constant(type, value);
  }

  /// An int64 constant.
  static Expression whole(long value) {
    return new Expression.Whole(ElementType.INT64, value);
  }

  static Expression to(ElementType type, Expression a) {
    return new Expression.Convert(type, a);
  }

  static Expression apply(ScalarFunction function, Expression... arguments) {
    return Expression.apply(function, arguments);
  }

  static Expression add(Expression a, Expression b) {
    return apply(ScalarFunction.ADD, a, b);
  }

  static Expression subtract(Expression a, Expression b) {
    return apply(ScalarFunction.SUBTRACT, a, b);
  }

  static Expression multiply(Expression a, Expression b) {
    return apply(ScalarFunction.MULTIPLY, a, b);
  }

  static Expression divide(Expression a, Expression b) {
    return apply(ScalarFunction.DIVIDE, a, b);
  }

  static Expression minimum(Expression a, Expression b) {
    return apply(ScalarFunction.MINIMUM, a, b);
  }

  static Expression maximum(Expression a, Expression b) {
    return apply(ScalarFunction.MAXIMUM, a, b);
  }

  static Expression less(Expression a, Expression b) {
    return apply(ScalarFunction.LESS, a, b);
  }

  static Expression select(Expression condition, Expression a, Expression b) {
    return apply(ScalarFunction.SELECT, condition, a, b);
  }

  static Expression square(Expression a) {
    return multiply(a, a);
  }

  static Expression root(Expression a) {
    return apply(ScalarFunction.SQUARE_ROOT, a);
  }
}
