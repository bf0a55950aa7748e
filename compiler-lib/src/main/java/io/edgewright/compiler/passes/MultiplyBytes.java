package io.edgewright.compiler.passes;

import static io.edgewright.compiler.graph.Expression.apply;

import io.edgewright.compiler.graph.Dequantization;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// `y = Convolution(dequantize(x), dequantize(w), b)` -> `s = Convolution(x, w', b'); y = s *
/// scale` with exact sums of bytes; the same for MatrixMultiply. The zero point of w is taken off
/// w', that of x is in b' and in what counts outside the picture. A bias that is no multiple of the
/// scale is added to y.
///
/// Not where w is computed at run time, x has scales along an axis, or sums could exceed 32 bits.
final class MultiplyBytes {
  /// Longest sum: 255 * 128 * 2^16 is just below 2^31.
  private static final long DEEPEST = 1 << 16;

  /// How far from a whole number of steps a bias may be that float32 rounded.
  private static final double STEP_ERROR = 0.02;

  private static final Expression SUM = new Expression.Convert(ElementType.FLOAT32, input(0));

  private final Sweep sweep;
  private final Node node;
  private final Node x;
  private final QuantizedWeights weights;

  private MultiplyBytes(Sweep sweep, Node node, Node x, QuantizedWeights weights) {
    this.sweep = sweep;
    this.node = node;
    this.x = x;
    this.weights = weights;
  }

  private static Expression input(int index) {
    return new Expression.Input(index);
  }

  static Graph rewrite(Graph graph) {
    Sweep sweep = new Sweep(graph);
    for (Node node : graph.nodes()) {
      of(sweep, node).ifPresentOrElse(MultiplyBytes::write, () -> sweep.write(node));
    }
    return RemoveDeadNodes.rewrite(sweep.finish());
  }

  private static Optional<MultiplyBytes> of(Sweep sweep, Node node) {
    int axis =
        switch (node.op()) {
          case Op.Convolution(var _, int _, long outside, Expression epilogue)
              when outside == 0 && epilogue.equals(Expression.identity()) ->
              0;
          case Op.MatrixMultiply(Expression epilogue)
              when epilogue.equals(Expression.identity()) && node.input(1).shape().rank() == 2 ->
              1;
          case Op _ -> -1;
        };
    if (axis < 0 || !isOptionalConstant(sweep, node)) {
      return Optional.empty();
    }
    return sweep
        .producer(node.input(0))
        .filter(Dequantization::isOfBytes)
        .filter(x -> x.inputs().stream().skip(1).allMatch(input -> isNumber(sweep, input)))
        .flatMap(x ->
            QuantizedWeights.of(sweep, node.input(1), axis)
                .filter(weights -> weights.depth() <= DEEPEST)
                .map(weights -> new MultiplyBytes(sweep, node, x, weights)));
  }

  private static boolean isOptionalConstant(Sweep sweep, Node node) {
    return node.inputs().size() == 2 || sweep.constant(node.input(2)).isPresent();
  }

  private static boolean isNumber(Sweep sweep, Value value) {
    return sweep.constant(value).filter(tensor -> tensor.size() == 1).isPresent();
  }

  private double number(int input) {
    return sweep.constant(x.input(input)).orElseThrow().getDouble(0);
  }

  private void write() {
    long zero = x.inputs().size() == 3 ? (long) number(2) : 0;
    double[] scales = Arrays.stream(weights.scales()).map(scale -> scale * number(1)).toArray();
    Value sums =
        new Value(
            node.output().name() + "/sums", node.output().type().withElement(ElementType.INT32));
    if (node.op() instanceof Op.Convolution convolution) {
      convolution(convolution, sums, zero, scales);
    } else {
      product(sums, zero, scales);
    }
  }

  private void convolution(Op.Convolution op, Value sums, long zero, double[] scales) {
    double[] bias = sweep.constant(node.input(2)).orElseThrow().toDoubles();
    double[] steps =
        IntStream.range(0, bias.length).mapToDouble(m -> bias[m] / scales[m]).toArray();
    boolean whole = Arrays.stream(steps).allMatch(MultiplyBytes::isWhole);
    long[] filters = weights.sums(0);
    long[] shifted =
        IntStream.range(0, bias.length)
            .mapToLong(m -> (whole ? Math.round(steps[m]) : 0) - zero * filters[m])
            .toArray();
    Shape perFilter = perFilter(bias.length);
    sweep.write(
        new Node(
            node.name(),
            new Op.Convolution(op.window(), op.groups(), zero, Expression.identity()),
            List.of(
                x.input(0),
                constant("weights", weights.bytes()),
                constant(
                    "bias", Tensor.ofIntegers(ElementType.INT32, Shape.of(bias.length), shifted))),
            List.of(sums)));
    List<Tensor> added =
        whole ? List.of() : List.of(Tensor.ofDoubles(ElementType.FLOAT32, perFilter, bias));
    scale(sums, Tensor.ofDoubles(ElementType.FLOAT32, perFilter, scales), added);
  }

  /// Filters beside the output's spatial axes.
  private Shape perFilter(int filters) {
    long[] extents = new long[node.output().shape().rank() - 1];
    Arrays.fill(extents, 1);
    extents[0] = filters;
    return Shape.of(extents);
  }

  private static boolean isWhole(double steps) {
    return Math.abs(steps) < 1 << 30 && Math.abs(steps - Math.rint(steps)) <= STEP_ERROR;
  }

  private void product(Value sums, long zero, double[] scales) {
    long[] columns = weights.sums(1);
    Shape perColumn = Shape.of(scales.length);
    Value matrix = constant("weights", weights.bytes());
    Expression shifted = apply(ScalarFunction.ADD, input(0), input(1));
    long[] shift = Arrays.stream(columns).map(sum -> -zero * sum).toArray();
    List<Value> inputs = new ArrayList<>(List.of(x.input(0), matrix));
    if (zero != 0) {
      inputs.add(constant("shift", Tensor.ofIntegers(ElementType.INT32, perColumn, shift)));
    }
    Op op = new Op.MatrixMultiply(zero == 0 ? Expression.identity() : shifted);
    sweep.write(new Node(node.name(), op, inputs, List.of(sums)));
    scale(sums, Tensor.ofDoubles(ElementType.FLOAT32, perColumn, scales), List.of());
  }

  /// `sums * scale + bias`
  private void scale(Value sums, Tensor scales, List<Tensor> bias) {
    Expression scaled = apply(ScalarFunction.MULTIPLY, SUM, input(1));
    List<Value> inputs = new ArrayList<>(List.of(sums, constant("scale", scales)));
    for (Tensor added : bias) {
      scaled = apply(ScalarFunction.ADD, scaled, input(2));
      inputs.add(constant("bias", added));
    }
    sweep.write(new Node(node.name(), new Op.Map(scaled), inputs, node.outputs()));
  }

  private Value constant(String role, Tensor tensor) {
    return sweep.addConstant(node.output().name() + "/" + role, tensor);
  }
}
