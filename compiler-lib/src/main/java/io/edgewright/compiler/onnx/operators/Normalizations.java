package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.graph.ScalarFunction.ABSOLUTE;
import static io.edgewright.compiler.graph.ScalarFunction.EQUAL;
import static io.edgewright.compiler.graph.ScalarFunction.POWER;
import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.apply;
import static io.edgewright.compiler.onnx.operators.Formulas.divide;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.multiply;
import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.root;
import static io.edgewright.compiler.onnx.operators.Formulas.select;
import static io.edgewright.compiler.onnx.operators.Formulas.square;
import static io.edgewright.compiler.onnx.operators.Formulas.subtract;
import static io.edgewright.compiler.onnx.operators.Formulas.to;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Op.ReduceKind;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Normalizations as means, differences and scales.
public final class Normalizations {
  private Normalizations() {}

  /// With known statistics: x * s + (b - mean * s), s = scale / sqrt(variance + epsilon), of which
  /// everything but x is usually constant.
  public static Value batch(OnnxNode node) {
    node.attributes().ignore("momentum");
    boolean training =
        node.attributes().flag("training_mode", false)
            || (node.opset() < 7 && !node.attributes().flag("is_test", false));
    if (training || node.wants(1)) {
      throw node.unsupported(
          "training mode", "inference", "export the model in evaluation mode (model.eval())");
    }
    node.attributes().ignore("spatial");
    Value x = node.input(0);
    ElementType type = x.type().element();
    Expression epsilon = number(type, node.attributes().real("epsilon", 1e-5f));
    List<Value> parameters =
        IntStream.range(1, 5)
            .mapToObj(i -> aligned(node, node.convert(node.input(i), type), x.shape().rank()))
            .toList();
    Value scale = parameters.get(0);
    Value shift = parameters.get(1);
    Value mean = parameters.get(2);
    Value variance = parameters.get(3);
    Expression factor = divide(x(), root(add(in(1), epsilon)));
    Value factors = node.map(factor, scale, variance);
    Expression offset = subtract(in(2), multiply(in(3), factor));
    Value offsets = node.map(offset, scale, variance, shift, mean);
    return node.map(add(multiply(x(), in(1)), in(2)), x, factors, offsets);
  }

  /// One number per channel; before opset 9 also one per element of a picture.
  private static Value aligned(OnnxNode node, Value parameter, int rank) {
    Shape shape = parameter.shape();
    return shape.rank() == 1
        ? node.reshape(parameter, Activations.alongChannels(shape.extent(0), rank))
        : parameter;
  }

  public static Value instance(OnnxNode node) {
    Value x = node.input(0);
    int rank = x.shape().rank();
    Value normal = normalized(node, x, range(2, rank), epsilon(node)).getFirst();
    return scaled(
        node,
        normal,
        aligned(node, node.input(1), rank),
        Optional.of(aligned(node, node.input(2), rank)));
  }

  private static double epsilon(OnnxNode node) {
    return node.attributes().real("epsilon", 1e-5f);
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  /// (x - mean) / sqrt(variance + epsilon), and mean and 1 / sqrt(...).
  private static List<Value> normalized(
      OnnxNode node, Value x, List<Integer> axes, double epsilon) {
    ElementType type = x.type().element();
    Value mean = node.add(new Op.Reduce(ReduceKind.MEAN, axes), x);
    Value difference = node.map(subtract(x(), in(1)), x, mean);
    Value inverse = inverseDeviation(node, difference, axes, epsilon, type);
    return List.of(node.map(multiply(x(), in(1)), difference, inverse), mean, inverse);
  }

  /// 1 / sqrt(mean of squares + epsilon)
  private static Value inverseDeviation(
      OnnxNode node, Value x, List<Integer> axes, double epsilon, ElementType type) {
    Value squares = node.map(square(x()), x);
    Value variance = node.add(new Op.Reduce(ReduceKind.MEAN, axes), squares);
    Expression inverse = divide(number(type, 1), root(add(x(), number(type, epsilon))));
    return node.map(inverse, variance);
  }

  private static Value scaled(OnnxNode node, Value x, Value scale, Optional<Value> shift) {
    return shift.isPresent()
        ? node.map(add(multiply(x(), in(1)), in(2)), x, scale, shift.get())
        : node.map(multiply(x(), in(1)), x, scale);
  }

  /// Mean and deviation are taken in the type of `stash_type`, float32 unless stated.
  public static List<Value> layer(OnnxNode node) {
    Value x = node.input(0);
    int rank = x.shape().rank();
    ElementType type = x.type().element();
    List<Integer> axes = range(node.axis(node.attributes().integer("axis", -1), rank), rank);
    Value wide = node.convert(x, stash(node, type));
    List<Value> made = normalized(node, wide, axes, epsilon(node));
    Value normal = node.convert(made.getFirst(), type);
    Value y = scaled(node, normal, node.input(1), node.optional(2));
    return List.of(y, made.get(1), made.get(2));
  }

  private static ElementType stash(OnnxNode node, ElementType type) {
    ElementType stated =
        node.attributes().has("stash_type")
            ? Casting.attributeType(node, "stash_type")
            : ElementType.FLOAT32;
    return type == ElementType.FLOAT64 ? type : stated;
  }

  public static Value rootMeanSquare(OnnxNode node) {
    Value x = node.input(0);
    int rank = x.shape().rank();
    ElementType type = x.type().element();
    ElementType working = stash(node, type);
    List<Integer> axes = range(node.axis(node.attributes().integer("axis", -1), rank), rank);
    Value wide = node.convert(x, working);
    Value inverse = inverseDeviation(node, wide, axes, epsilon(node), working);
    return node.map(multiply(to(type, multiply(x(), in(1))), in(2)), wide, inverse, node.input(1));
  }

  /// Groups of channels are normalized together. Scale and shift are per group before opset 21 and
  /// per channel from then on.
  public static Value group(OnnxNode node) {
    Value x = node.input(0);
    long groups = node.attributes().required("num_groups");
    long[] extents = x.shape().extents();
    if (extents.length < 3 || groups < 1 || extents[1] % groups != 0) {
      throw node.shapes(
          groups + " groups of " + x.shape(), "a divisor of the channels", "check `num_groups`");
    }
    ElementType type = x.type().element();
    Value wide = node.convert(x, stash(node, type));
    Shape grouped = Shape.of(extents[0], groups, x.shape().elements() / extents[0] / groups);
    Value split = node.reshape(wide, grouped);
    Value normal = normalized(node, split, List.of(2), epsilon(node)).getFirst();
    boolean perGroup = node.input(1).shape().elements() != extents[1];
    int rank = perGroup ? 3 : extents.length;
    Value shaped = perGroup ? normal : node.reshape(normal, x.shape());
    Value result =
        scaled(
            node,
            node.convert(shaped, type),
            aligned(node, node.input(1), rank),
            Optional.of(aligned(node, node.input(2), rank)));
    return node.reshape(result, x.shape());
  }

  /// x / (bias + alpha * mean over neighbouring channels of x^2) ^ beta; the mean counts channels
  /// that are not there as zero.
  public static Value localResponse(OnnxNode node) {
    Value x = node.input(0);
    ElementType type = x.type().element();
    int size = Math.toIntExact(node.attributes().required("size"));
    Expression alpha = number(type, node.attributes().real("alpha", 1e-4f));
    Expression beta = number(type, node.attributes().real("beta", 0.75));
    Expression bias = number(type, node.attributes().real("bias", 1));
    long[] extents = x.shape().extents();
    Shape lines =
        Shape.of(extents[0], 1, extents[1], Reshaping.product(extents, 2, extents.length));
    Value squares = node.reshape(node.map(square(x()), x), lines);
    int before = (size - 1) / 2;
    Window window =
        new Window(
            List.of(size, 1),
            List.of(1, 1),
            List.of(1, 1),
            List.of(before, 0),
            List.of(size - 1 - before, 0));
    Value means = node.add(new Op.Pool(Op.PoolKind.AVERAGE_WITH_PADDING, window), squares);
    Expression scale = apply(POWER, add(bias, multiply(alpha, in(1))), beta);
    return node.map(divide(x(), scale), x, node.reshape(means, x.shape()));
  }

  /// x / norm along an axis; a norm of zero gives zeros.
  public static Value norm(OnnxNode node) {
    Value x = node.input(0);
    int axis = node.axis(node.attributes().integer("axis", -1), x.shape().rank());
    boolean first = node.attributes().integer("p", 2) == 1;
    ElementType type = x.type().element();
    Value powers = node.map(first ? apply(ABSOLUTE, x()) : square(x()), x);
    Value sum = node.add(new Op.Reduce(ReduceKind.SUM, List.of(axis)), powers);
    Expression norm = first ? in(1) : root(in(1));
    Expression isZero = apply(EQUAL, in(1), number(type, 0));
    return node.map(select(isZero, number(type, 0), divide(x(), norm)), x, sum);
  }

  /// (x - mean) / (standard deviation + 1e-9)
  public static Value meanVariance(OnnxNode node) {
    Value x = node.input(0);
    ElementType type = x.type().element();
    List<Integer> axes = new ArrayList<>();
    for (long axis : node.attributes().integers("axes").orElse(List.of(0L, 2L, 3L))) {
      axes.add(node.axis(axis, x.shape().rank()));
    }
    Value mean = node.add(new Op.Reduce(ReduceKind.MEAN, axes), x);
    Value difference = node.map(subtract(x(), in(1)), x, mean);
    Value squares = node.map(square(x()), difference);
    Value variance = node.add(new Op.Reduce(ReduceKind.MEAN, axes), squares);
    Expression deviation = add(root(in(1)), number(type, 1e-9));
    return node.map(divide(x(), deviation), difference, variance);
  }
}
