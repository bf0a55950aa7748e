package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Dequantization;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Constant weights as `bytes * scale`, with a scale for each filter or column.
///
/// @param bytes int8, their zero point taken off
/// @param scales one for each index of the axis along which filters lie
@SuppressWarnings("ArrayRecordComponent")
record QuantizedWeights(Tensor bytes, double[] scales) {
  private static final Op CENTRE =
      new Op.Map(
          Expression.apply(
              ScalarFunction.SUBTRACT,
              new Expression.Convert(ElementType.INT32, new Expression.Input(0)),
              new Expression.Convert(ElementType.INT32, new Expression.Input(1))));

  /// What a dequantization of constants, transposed or not, stands for; empty where a difference
  /// does not fit eight bits, or scales run along another axis.
  static Optional<QuantizedWeights> of(Sweep sweep, Value value, int axis) {
    Optional<Node> producer = sweep.producer(value);
    if (producer.isEmpty()) {
      return Optional.empty();
    }
    Node node = producer.get();
    if (node.op() instanceof Op.Transpose(List<Integer> order)) {
      return of(sweep, node.input(0), order.get(axis))
          .map(weights ->
              new QuantizedWeights(
                  Interpreter.run(node.op(), List.of(weights.bytes)).getFirst(), weights.scales));
    }
    List<Tensor> constants =
        node.inputs().stream().map(sweep::constant).flatMap(Optional::stream).toList();
    if (!Dequantization.isOfBytes(node) || constants.size() != node.inputs().size()) {
      return Optional.empty();
    }
    return scales(constants.get(1), constants.getFirst(), axis)
        .flatMap(scales -> centred(constants).map(bytes -> new QuantizedWeights(bytes, scales)));
  }

  private static Optional<double[]> scales(Tensor scale, Tensor numbers, int axis) {
    int extent = Math.toIntExact(numbers.shape().extent(axis));
    if (scale.size() == 1) {
      double one = scale.getDouble(0);
      return Optional.of(IntStream.range(0, extent).mapToDouble(_ -> one).toArray());
    }
    int own = axis - numbers.shape().rank() + scale.shape().rank();
    boolean along = scale.size() == extent && own >= 0 && scale.shape().extent(own) == extent;
    return along ? Optional.of(scale.toDoubles()) : Optional.empty();
  }

  private static Optional<Tensor> centred(List<Tensor> constants) {
    Tensor numbers = constants.getFirst();
    long[] centred =
        constants.size() == 2
            ? numbers.toLongs()
            : Interpreter.run(CENTRE, List.of(numbers, constants.get(2))).getFirst().toLongs();
    boolean fits = Arrays.stream(centred).allMatch(n -> n == (byte) n);
    return fits
        ? Optional.of(Tensor.ofIntegers(ElementType.INT8, numbers.shape(), centred))
        : Optional.empty();
  }

  /// Sums of the bytes of each filter, which lie along an axis.
  long[] sums(int axis) {
    long[] sums = new long[scales.length];
    int inner = 1;
    for (int later = axis + 1; later < bytes.shape().rank(); later++) {
      inner *= Math.toIntExact(bytes.shape().extent(later));
    }
    for (int i = 0; i < bytes.size(); i++) {
      sums[i / inner % sums.length] += bytes.getLong(i);
    }
    return sums;
  }

  /// How many products one sum has.
  long depth() {
    return bytes.size() / scales.length;
  }
}
