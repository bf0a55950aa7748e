package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.apply;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.onnx.operators.Quantization.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Operators of the domain com.microsoft on quantized numbers: what they stand for goes through the
/// float operator, and the result is quantized again.
public final class QuantizedFunctions {
  private QuantizedFunctions() {}

  /// A function of the numbers that the first input stands for.
  private interface Body {
    Value apply(Value x);
  }

  /// Inputs x with scale and zero point, then y's scale and zero point.
  private static Value around(OnnxNode node, Body body) {
    Value x = Quantization.dequantize(node, node.input(0), new Steps(node, 1));
    return quantized(node, body.apply(x), new Steps(node, 3));
  }

  private static Value quantized(OnnxNode node, Value y, Steps steps) {
    return Quantization.quantize(node, y, steps, steps.type(), steps.scale().type().element());
  }

  /// Inputs a, b and y, each with scale and zero point (a and b with their numbers in front).
  public static Importer.Single binary(ScalarFunction function) {
    return node -> {
      Value a = Quantization.dequantize(node, node.input(0), new Steps(node, 1));
      Value b = Quantization.dequantize(node, node.input(3), new Steps(node, 4));
      return quantized(node, node.map(apply(function, x(), in(1)), a, b), new Steps(node, 6));
    };
  }

  /// A formula of the element.
  public static Importer.Single unary(Activations.Formula formula) {
    return node ->
        around(node, x -> node.map(formula.of(node.attributes(), x.type().element()), x));
  }

  public static Value sigmoid(OnnxNode node) {
    return around(node, x -> node.map(apply(ScalarFunction.SIGMOID, x()), x));
  }

  public static Value softmax(OnnxNode node) {
    long opset = node.attributes().integer("opset", node.opset());
    return around(node, x -> Softmaxes.softmax(node, x, opset));
  }

  public static Value averagePool(OnnxNode node) {
    boolean last = node.attributes().flag("channels_last", false);
    boolean counted = node.attributes().flag("count_include_pad", false);
    return around(
        node,
        x -> channelsFirst(node, x, last, picture -> Pooling.average(node, picture, counted)));
  }

  public static Value globalAveragePool(OnnxNode node) {
    boolean last = node.attributes().flag("channels_last", false);
    return around(
        node,
        x ->
            channelsFirst(
                node, x, last, picture -> Pooling.global(node, picture, Op.ReduceKind.MEAN)));
  }

  private static Value channelsFirst(OnnxNode node, Value x, boolean last, Body body) {
    if (!last) {
      return body.apply(x);
    }
    int rank = x.shape().rank();
    List<Integer> first = new ArrayList<>(List.of(0, rank - 1));
    IntStream.range(1, rank - 1).forEach(first::add);
    List<Integer> back = new ArrayList<>(List.of(0));
    IntStream.range(2, rank).forEach(back::add);
    back.add(1);
    return node.add(new Op.Transpose(back), body.apply(node.add(new Op.Transpose(first), x)));
  }

  /// Inputs y's scale and zero point, then each part with scale and zero point.
  public static Value concat(OnnxNode node) {
    List<Value> parts = new ArrayList<>();
    for (int i = 2; i < node.inputCount(); i += 3) {
      parts.add(Quantization.dequantize(node, node.input(i), new Steps(node, i + 1)));
    }
    if (parts.isEmpty()) {
      throw node.invalid("no parts", "one part or more", "give what is to be joined");
    }
    int axis = node.axis(node.attributes().required("axis"), parts.getFirst().shape().rank());
    Value whole = node.addAll(new Op.Concat(axis), parts).getFirst();
    return quantized(node, whole, new Steps(node, 0));
  }
}
