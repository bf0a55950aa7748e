package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.graph.ScalarFunction.ABSOLUTE;
import static io.edgewright.compiler.graph.ScalarFunction.POWER;
import static io.edgewright.compiler.onnx.operators.Formulas.apply;
import static io.edgewright.compiler.onnx.operators.Formulas.multiply;
import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Op.PoolKind;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// MaxPool, AveragePool, LpPool and their global forms.
public final class Pooling {
  private Pooling() {}

  /// The maxima, and where they are if that is read.
  public static List<Value> maximum(OnnxNode node) {
    boolean columnsFirst = node.attributes().flag("storage_order", false);
    Value x = node.input(0);
    Window window = window(node, x.shape());
    Window whole = Windows.withEnd(window, overhang(node, window, x.shape()));
    Value maxima = node.add(new Op.Pool(PoolKind.MAXIMUM, whole), x);
    return node.wants(1)
        ? List.of(maxima, MaximumPositions.of(node, whole, x, maxima, columnsFirst))
        : List.of(maxima);
  }

  public static Value average(OnnxNode node) {
    boolean counted = node.attributes().flag("count_include_pad", false);
    return average(node, node.input(0), counted);
  }

  /// The part of the last window that lies beyond the padding never counts, so where both kinds of
  /// padding occur the one that counts becomes part of the input.
  static Value average(OnnxNode node, Value x, boolean counted) {
    Window window = window(node, x.shape());
    List<Integer> overhang = overhang(node, window, x.shape());
    if (!counted || window.isUnpadded()) {
      return node.add(new Op.Pool(PoolKind.AVERAGE, Windows.withEnd(window, overhang)), x);
    }
    if (overhang.stream().allMatch(n -> n == 0)) {
      return node.add(new Op.Pool(PoolKind.AVERAGE_WITH_PADDING, window), x);
    }
    Value padded =
        node.add(
            new Op.Pad(
                Op.PadMode.CONSTANT, spatial(window.padsBegin()), spatial(window.padsEnd()), 0),
            x);
    List<Integer> none = overhang.stream().map(_ -> 0).toList();
    Window rest = new Window(window.kernel(), window.strides(), window.dilations(), none, overhang);
    return node.add(new Op.Pool(PoolKind.AVERAGE, rest), padded);
  }

  private static List<Long> spatial(List<Integer> amounts) {
    return LongStream.concat(LongStream.of(0, 0), amounts.stream().mapToLong(Integer::longValue))
        .boxed()
        .toList();
  }

  private static Window window(OnnxNode node, Shape input) {
    List<Long> kernel =
        node.attributes()
            .integers("kernel_shape")
            .orElseThrow(() ->
                node.attributes()
                    .invalid("kernel_shape", "no value", "integers", "give the attribute"));
    Window window = Windows.read(node, input, kernel);
    for (int axis = 0; axis < window.axes(); axis++) {
      long most = Math.max(window.padsBegin().get(axis), window.padsEnd().get(axis));
      if (most >= window.span(axis)) {
        throw node.attributes()
            .invalid(
                "pads",
                window.padsBegin() + " and " + window.padsEnd(),
                "less than the kernel " + window.kernel(),
                "a window must not lie in the padding alone");
      }
    }
    return window;
  }

  private static List<Integer> overhang(OnnxNode node, Window window, Shape input) {
    return node.attributes().flag("ceil_mode", false)
        ? Windows.overhang(window, input)
        : window.kernel().stream().map(_ -> 0).toList();
  }

  /// (sum of |x|^p) ^ (1/p); the sum is the mean times the number of elements.
  public static Value norm(OnnxNode node) {
    double p = exponent(node);
    Value x = node.input(0);
    Window window = window(node, x.shape());
    Value powers = powers(node, x, p);
    List<Integer> overhang = overhang(node, window, x.shape());
    Window whole = Windows.withEnd(window, overhang);
    Value means = node.add(new Op.Pool(PoolKind.AVERAGE_WITH_PADDING, whole), powers);
    double count =
        window.kernel().stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
    ElementType type = x.type().element();
    return roots(node, node.map(multiply(x(), number(type, count)), means), p);
  }

  private static double exponent(OnnxNode node) {
    return node.opset() == 1 ? node.attributes().real("p", 2) : node.attributes().integer("p", 2);
  }

  private static Value powers(OnnxNode node, Value x, double p) {
    ElementType type = x.type().element();
    return node.map(apply(POWER, apply(ABSOLUTE, x()), number(type, p)), x);
  }

  private static Value roots(OnnxNode node, Value sums, double p) {
    ElementType type = sums.type().element();
    return node.map(apply(POWER, x(), number(type, 1 / p)), sums);
  }

  public static Value globalAverage(OnnxNode node) {
    return global(node, node.input(0), Op.ReduceKind.MEAN);
  }

  public static Value globalMaximum(OnnxNode node) {
    return global(node, node.input(0), Op.ReduceKind.MAXIMUM);
  }

  public static Value globalNorm(OnnxNode node) {
    double p = exponent(node);
    Value powers = powers(node, node.input(0), p);
    return roots(node, global(node, powers, Op.ReduceKind.SUM), p);
  }

  static Value global(OnnxNode node, Value x, Op.ReduceKind kind) {
    List<Integer> axes = IntStream.range(2, x.shape().rank()).boxed().toList();
    return node.add(new Op.Reduce(kind, axes), x);
  }
}
