package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.multiply;
import static io.edgewright.compiler.onnx.operators.Formulas.subtract;
import static io.edgewright.compiler.onnx.operators.Formulas.to;
import static io.edgewright.compiler.onnx.operators.Formulas.x;
import static io.edgewright.compiler.tensor.ElementType.INT32;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Exact 32-bit sums of `(a - a's zero point) * (b - b's zero point)`.
///
/// Where b and its zero point are constants the products are those of bytes ([ByteWeights]): `sum a
/// * bytes - zero * sum bytes - rest * sum (a - zero)`. Everything else is computed with 32-bit
///   operands.
final class IntegerSums {
  /// Quantized numbers; no zero point is zero.
  record Operand(Value value, Optional<Value> zero) {
    /// The difference in 32 bits.
    ///
    /// @param shape of the zero point, where it has more than one number
    Value centred(OnnxNode node, Shape shape) {
      return zero.isEmpty()
          ? node.convert(value, INT32)
          : node.map(
              subtract(to(INT32, x()), to(INT32, in(1))), value, reshaped(node, zero.get(), shape));
    }
  }

  private IntegerSums() {}

  static Value reshaped(OnnxNode node, Value zero, Shape shape) {
    return node.reshape(zero, zero.shape().elements() == 1 ? Shape.SCALAR : shape);
  }

  /// Matrix product as numpy.matmul. Zero points of a are one, or one a row; those of b are one, or
  /// one a column.
  static Value matMul(OnnxNode node, Operand a, Operand b) {
    return MatrixProducts.matMul(
        node,
        a.value(),
        b.value(),
        (left, right) -> matrices(node, new Operand(left, a.zero()), new Operand(right, b.zero())));
  }

  static Value matrices(OnnxNode node, Operand a, Operand b) {
    Operand rows = new Operand(a.value(), a.zero().map(zero -> perRow(node, zero)));
    Shape perColumn = b.zero().map(Value::shape).orElse(Shape.SCALAR);
    Optional<ByteWeights> weights = ByteWeights.of(node, b, perColumn);
    if (weights.isEmpty()) {
      Value left = rows.centred(node, rows.zero().map(Value::shape).orElse(Shape.SCALAR));
      return MatrixProducts.multiplyMatrices(node, left, b.centred(node, perColumn));
    }
    Value sums = byteSums(node, rows, weights.get().bytes());
    return weights
        .get()
        .rest()
        .map(rest ->
            node.map(subtract(x(), multiply(in(1), in(2))), sums, rest, rowSums(node, rows)))
        .orElse(sums);
  }

  /// sum (a - zero) for each row
  private static Value rowSums(OnnxNode node, Operand rows) {
    Value centred = rows.centred(node, rows.zero().map(Value::shape).orElse(Shape.SCALAR));
    return node.add(new Op.Reduce(Op.ReduceKind.SUM, List.of(centred.shape().rank() - 1)), centred);
  }

  /// sum (a - zero) * bytes
  private static Value byteSums(OnnxNode node, Operand rows, Value bytes) {
    Value sums = MatrixProducts.multiplyMatrices(node, rows.value(), bytes);
    if (isZero(node, rows.zero())) {
      return sums;
    }
    List<Integer> depth = List.of(bytes.shape().rank() - 2);
    Value columns = node.add(new Op.Reduce(Op.ReduceKind.SUM, depth), node.convert(bytes, INT32));
    Value zero = rows.zero().orElseThrow();
    if (node.tensor(zero).isEmpty()) {
      return node.map(subtract(x(), multiply(to(INT32, in(1)), in(2))), sums, zero, columns);
    }
    Value shift = node.map(multiply(to(INT32, x()), in(1)), zero, columns);
    return node.map(subtract(x(), in(1)), sums, shift);
  }

  /// A zero point for each row stands beside the rows.
  private static Value perRow(OnnxNode node, Value zero) {
    if (zero.shape().elements() == 1) {
      return node.reshape(zero, Shape.SCALAR);
    }
    return zero.shape().rank() == 1
        ? node.reshape(zero, Shape.of(zero.shape().extent(0), 1))
        : zero;
  }

  static boolean isZero(OnnxNode node, Optional<Value> zero) {
    return zero.isEmpty()
        || node.tensor(zero.get())
            .filter(tensor -> Arrays.stream(tensor.toLongs()).allMatch(number -> number == 0))
            .isPresent();
  }
}
