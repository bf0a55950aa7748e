package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.multiply;
import static io.edgewright.compiler.onnx.operators.Formulas.subtract;
import static io.edgewright.compiler.onnx.operators.Formulas.to;
import static io.edgewright.compiler.onnx.operators.Formulas.x;
import static io.edgewright.compiler.tensor.ElementType.INT32;
import static io.edgewright.compiler.tensor.ElementType.INT8;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Exact 32-bit sums of `(x - x's zero point) * (w - w's zero point)`.
///
/// Where w and its zero point are constants the products are those of bytes: `sum x * w' - zero *
/// sum w'` with `w' = w - zero point`. Everything else is computed with 32-bit operands.
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

  private static Value reshaped(OnnxNode node, Value zero, Shape shape) {
    return node.reshape(zero, zero.shape().elements() == 1 ? Shape.SCALAR : shape);
  }

  /// The convolution that the node's attributes describe, with a bias of 32 bits.
  static Value convolve(OnnxNode node, Operand x, Operand w, Optional<Value> bias) {
    int rank = w.value().shape().rank();
    Shape filters = Shape.of(Conv.filters(node, w.value()));
    Value centred = w.centred(node, perFilter(w.value().shape()));
    Value start = bias.orElseGet(() -> Conv.zeros(node, w.value()));
    Optional<Value> bytes = asBytes(node, centred);
    Optional<Tensor> zero = x.zero().flatMap(node::tensor).filter(number -> number.size() == 1);
    if (bytes.isEmpty() || zero.isPresent() != x.zero().isPresent()) {
      return Conv.convolve(node, x.centred(node, Shape.SCALAR), centred, start, 0);
    }
    long outside = zero.map(number -> number.getLong(0)).orElse(0L);
    if (outside == 0) {
      return Conv.convolve(node, x.value(), bytes.get(), start, 0);
    }
    List<Integer> axes = IntStream.range(1, rank).boxed().toList();
    Value sums = node.add(new Op.Reduce(Op.ReduceKind.SUM, axes), centred);
    Value shifted =
        node.map(
            subtract(x(), multiply(in(1), to(INT32, in(2)))),
            start,
            node.reshape(sums, filters),
            node.reshape(x.zero().orElseThrow(), Shape.SCALAR));
    return Conv.convolve(node, x.value(), bytes.get(), shifted, outside);
  }

  private static Shape perFilter(Shape weights) {
    Shape shape =
        Shape.of(Collections.nCopies(weights.rank(), 1L).stream().mapToLong(n -> n).toArray());
    return shape.with(0, weights.extent(0));
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
    Value centred = b.zero().isEmpty() ? b.centred(node, Shape.SCALAR) : centredColumns(node, b);
    Optional<Value> bytes = asBytes(node, centred);
    if (bytes.isEmpty()) {
      Value left = rows.centred(node, rows.zero().map(Value::shape).orElse(Shape.SCALAR));
      return MatrixProducts.multiplyMatrices(node, left, centred);
    }
    Value sums = MatrixProducts.multiplyMatrices(node, a.value(), bytes.get());
    if (isZero(node, rows.zero())) {
      return sums;
    }
    List<Integer> depth = List.of(centred.shape().rank() - 2);
    Value columns = node.add(new Op.Reduce(Op.ReduceKind.SUM, depth), centred);
    Value zero = rows.zero().orElseThrow();
    if (node.tensor(zero).isEmpty()) {
      return node.map(subtract(x(), multiply(to(INT32, in(1)), in(2))), sums, zero, columns);
    }
    Value shift = node.map(multiply(to(INT32, x()), in(1)), zero, columns);
    return node.map(subtract(x(), in(1)), sums, shift);
  }

  private static Value centredColumns(OnnxNode node, Operand b) {
    return b.centred(node, b.zero().orElseThrow().shape());
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

  private static boolean isZero(OnnxNode node, Optional<Value> zero) {
    return zero.isEmpty()
        || node.tensor(zero.get())
            .filter(tensor -> Arrays.stream(tensor.toLongs()).allMatch(number -> number == 0))
            .isPresent();
  }

  /// Constant numbers that fit eight bits with a sign.
  private static Optional<Value> asBytes(OnnxNode node, Value numbers) {
    return node.tensor(numbers)
        .filter(tensor ->
            Arrays.stream(tensor.toLongs())
                .allMatch(n -> n >= Byte.MIN_VALUE && n <= Byte.MAX_VALUE))
        .map(_ -> node.convert(numbers, INT8));
  }
}
