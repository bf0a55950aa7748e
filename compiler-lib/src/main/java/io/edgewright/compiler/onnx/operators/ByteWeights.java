package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.subtract;
import static io.edgewright.compiler.onnx.operators.Formulas.to;
import static io.edgewright.compiler.onnx.operators.Formulas.x;
import static io.edgewright.compiler.tensor.ElementType.INT32;
import static io.edgewright.compiler.tensor.ElementType.INT8;
import static io.edgewright.compiler.tensor.ElementType.UINT8;

import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.onnx.operators.IntegerSums.Operand;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/// Constant weights as bytes with a sign, which kernels multiply four at once: `w - zero point =
/// bytes - rest`. Bytes without a sign and a zero point far from their middle leave a rest.
///
/// @param rest 32 bits, one number or one a filter; empty: none
record ByteWeights(Value bytes, Optional<Value> rest) {
  private static final int MIDDLE = 128;

  /// @param shape of the zero point, where it has more than one number
  /// @return empty where weights or zero point are computed at run time, or weights are no bytes
  static Optional<ByteWeights> of(OnnxNode node, Operand w, Shape shape) {
    Value centred = w.centred(node, shape);
    Optional<Tensor> known = node.tensor(centred);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    if (fitsBytes(known.get())) {
      return Optional.of(new ByteWeights(node.convert(centred, INT8), Optional.empty()));
    }
    if (!w.value().type().element().isByte()) {
      return Optional.empty();
    }
    Value zero =
        w.zero()
            .map(given -> IntegerSums.reshaped(node, given, shape))
            .orElseGet(() -> node.constant(Tensor.ofIntegers(INT32, Shape.SCALAR, 0)));
    int middle = w.value().type().element() == UINT8 ? MIDDLE : 0;
    return Optional.of(
        new ByteWeights(
            node.convert(moved(node, w.value(), middle), INT8),
            Optional.of(moved(node, zero, middle))));
  }

  private static boolean fitsBytes(Tensor numbers) {
    return Arrays.stream(numbers.toLongs())
        .allMatch(n -> n >= Byte.MIN_VALUE && n <= Byte.MAX_VALUE);
  }

  private static Value moved(OnnxNode node, Value numbers, int by) {
    return node.map(subtract(to(INT32, x()), number(INT32, by)), numbers);
  }
}
