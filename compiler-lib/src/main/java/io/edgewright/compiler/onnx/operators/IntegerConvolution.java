package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.multiply;
import static io.edgewright.compiler.onnx.operators.Formulas.subtract;
import static io.edgewright.compiler.onnx.operators.Formulas.to;
import static io.edgewright.compiler.onnx.operators.Formulas.x;
import static io.edgewright.compiler.tensor.ElementType.INT32;
import static io.edgewright.compiler.tensor.ElementType.INT8;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.onnx.operators.IntegerSums.Operand;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Exact 32-bit convolutions of `x - x's zero point` with `w - w's zero point`, as the node's
/// attributes describe them. With constant weights the products are those of bytes:
///
/// `sum (x - zero) * (bytes - rest) = sum (x - zero) * bytes - rest * sum (x - zero)`
///
/// where the last sum is a convolution with a filter of ones. A zero point that is known counts
/// outside of the picture; one that is computed is taken off afterwards, as often as there are
/// weights that meet the picture.
final class IntegerConvolution {
  private static final int MOST_PLACES = 1 << 20;

  private final OnnxNode node;
  private final Operand x;

  private IntegerConvolution(OnnxNode node, Operand x) {
    this.node = node;
    this.x = x;
  }

  static Value of(OnnxNode node, Operand x, Operand w, Optional<Value> bias) {
    long filters = Conv.filters(node, w.value());
    Value start = bias.orElseGet(() -> Conv.zeros(node, w.value()));
    Shape perFilter = perFilter(filters, w.value().shape().rank());
    Optional<ByteWeights> weights = ByteWeights.of(node, w, perFilter);
    if (weights.isEmpty() || !isFit(node, x, weights.get())) {
      Value centred = w.centred(node, perFilter);
      return Conv.convolve(node, x.centred(node, Shape.SCALAR), centred, start, 0);
    }
    return new IntegerConvolution(node, x).sums(weights.get(), start);
  }

  private static Shape perFilter(long filters, int rank) {
    long[] extents = new long[rank];
    Arrays.fill(extents, 1);
    extents[0] = filters;
    return Shape.of(extents);
  }

  /// One zero point for all of x, and windows that all filters have in common where they are
  /// summed. What is taken off for a zero point of run time must not be larger than the network.
  private static boolean isFit(OnnxNode node, Operand x, ByteWeights weights) {
    boolean known = x.zero().flatMap(node::tensor).isPresent() || x.zero().isEmpty();
    return x.zero().stream().allMatch(zero -> zero.shape().elements() == 1)
        && (known || hasFewPlaces(node, x.value().shape(), weights.bytes().shape()))
        && (weights.rest().isEmpty() || node.attributes().integer("group", 1) == 1);
  }

  private static boolean hasFewPlaces(OnnxNode node, Shape x, Shape weights) {
    if (!x.isFixed()) {
      return false;
    }
    Window window = window(node, x, weights);
    double places = 1;
    double filtered = weights.extent(0);
    for (int axis = 0; axis < window.axes(); axis++) {
      places *= x.extent(axis + 2);
      filtered *= window.outputExtent(axis, x.extent(axis + 2));
    }
    return window.isUnpadded() || Math.max(places, filtered) <= MOST_PLACES;
  }

  private static Window window(OnnxNode node, Shape x, Shape weights) {
    List<Long> kernel = Arrays.stream(weights.extents()).skip(2).boxed().toList();
    return Windows.read(node, x, kernel);
  }

  private Value sums(ByteWeights weights, Value start) {
    Value sums = sums(weights.bytes(), start);
    if (weights.rest().isEmpty()) {
      return sums;
    }
    Value rest = weights.rest().get();
    Value ones = ones(weights.bytes().shape().with(0, 1));
    Value windows = sums(ones, Conv.zeros(node, ones));
    return node.map(
        subtract(x(), multiply(in(1), in(2))),
        sums,
        rest.shape().rank() == 0 ? rest : alongChannels(rest),
        windows);
  }

  private Value ones(Shape shape) {
    double[] ones = new double[(int) shape.elements()];
    Arrays.fill(ones, 1);
    return node.constant(Tensor.ofDoubles(INT8, shape, ones));
  }

  private Value alongChannels(Value perFilter) {
    return node.reshape(
        perFilter,
        Activations.alongChannels(perFilter.shape().elements(), x.value().shape().rank()));
  }

  /// start + sum (x - zero) * bytes
  private Value sums(Value bytes, Value start) {
    if (IntegerSums.isZero(node, x.zero())) {
      return Conv.convolve(node, x.value(), bytes, start, 0);
    }
    Value zero = node.reshape(x.zero().orElseThrow(), Shape.SCALAR);
    Optional<Tensor> known = node.tensor(zero);
    Expression withoutZero = subtract(x(), multiply(to(INT32, in(1)), in(2)));
    if (known.isPresent()) {
      Value filters = node.reshape(filterSums(bytes), Shape.of(bytes.shape().extent(0)));
      Value shifted = node.map(withoutZero, start, zero, filters);
      return Conv.convolve(node, x.value(), bytes, shifted, known.get().getLong(0));
    }
    Value sums = Conv.convolve(node, x.value(), bytes, start, 0);
    return node.map(withoutZero, sums, zero, tapSums(bytes));
  }

  private Value filterSums(Value bytes) {
    List<Integer> axes = IntStream.range(1, bytes.shape().rank()).boxed().toList();
    return node.add(new Op.Reduce(Op.ReduceKind.SUM, axes), node.convert(bytes, INT32));
  }

  /// What the weights add up to that meet the picture, for each place of a filter: a constant.
  private Value tapSums(Value bytes) {
    Window window = window(node, x.value().shape(), bytes.shape());
    if (window.isUnpadded()) {
      return alongChannels(filterSums(bytes));
    }
    Value taps = node.add(new Op.Reduce(Op.ReduceKind.SUM, List.of(1)), node.convert(bytes, INT32));
    Value picture = node.convert(ones(x.value().shape().with(0, 1).with(1, 1)), INT32);
    Op op = new Op.Convolution(window, 1, 0, Expression.identity());
    return node.add(op, picture, taps, Conv.zeros(node, taps));
  }
}
