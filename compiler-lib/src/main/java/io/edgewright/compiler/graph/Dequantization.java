package io.edgewright.compiler.graph;

import static io.edgewright.compiler.graph.Expression.apply;

import io.edgewright.compiler.tensor.ElementType;

/// What quantized numbers stand for, as the expression of a Map: `(number - zero point) * scale`.
/// The importer writes it and passes know it again.
///
/// Inputs of the Map are the numbers, the scale and, with `zero`, the zero point.
public record Dequantization(ElementType numbers, ElementType scale, boolean zero) {
  private static final Expression NUMBERS = new Expression.Input(0);
  private static final Expression SCALE = new Expression.Input(1);
  private static final Expression ZERO = new Expression.Input(2);

  /// The difference is exact because it is taken in a wider type.
  public Expression expression() {
    Expression steps = new Expression.Convert(scale, NUMBERS);
    if (zero) {
      ElementType wide = numbers.bytes() < 4 ? ElementType.INT32 : scale;
      Expression difference =
          apply(
              ScalarFunction.SUBTRACT,
              new Expression.Convert(wide, NUMBERS),
              new Expression.Convert(wide, ZERO));
      steps = new Expression.Convert(scale, difference);
    }
    return apply(ScalarFunction.MULTIPLY, steps, SCALE);
  }

  /// Whether a node is the dequantization of bytes to float32.
  public static boolean isOfBytes(Node node) {
    if (!(node.op() instanceof Op.Map(Expression expression)) || node.inputs().size() < 2) {
      return false;
    }
    ElementType numbers = node.input(0).type().element();
    Dequantization expected =
        new Dequantization(numbers, ElementType.FLOAT32, node.inputs().size() == 3);
    return numbers.isByte() && expression.equals(expected.expression());
  }
}
