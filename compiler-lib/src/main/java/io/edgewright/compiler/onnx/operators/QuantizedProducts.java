package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.graph.ScalarFunction.ROUND;
import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.apply;
import static io.edgewright.compiler.onnx.operators.Formulas.divide;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.multiply;
import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.to;
import static io.edgewright.compiler.onnx.operators.Formulas.x;
import static io.edgewright.compiler.tensor.ElementType.FLOAT32;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.onnx.operators.IntegerSums.Operand;
import io.edgewright.compiler.onnx.operators.Quantization.Steps;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Convolutions and matrix products of quantized numbers: an exact sum, then one rounding.
public final class QuantizedProducts {
  private QuantizedProducts() {}

  /// x, w, x's zero point, w's zero point -> int32
  public static Value convInteger(OnnxNode node) {
    return IntegerConvolution.of(
        node,
        new Operand(node.input(0), node.optional(2)),
        new Operand(node.input(1), node.optional(3)),
        Optional.empty());
  }

  /// a, b, a's zero point, b's zero point -> int32
  public static Value matMulInteger(OnnxNode node) {
    return IntegerSums.matMul(
        node,
        new Operand(node.input(0), node.optional(2)),
        new Operand(node.input(1), node.optional(3)));
  }

  /// x, w and y, each with scale and zero point, then a bias of 32 bits.
  public static Value qLinearConv(OnnxNode node) {
    Value sums =
        IntegerConvolution.of(
            node,
            new Operand(node.input(0), node.optional(2)),
            new Operand(node.input(3), node.optional(5)),
            node.optional(8));
    Value filters = node.input(4);
    Value scales =
        filters.shape().elements() == 1
            ? filters
            : node.reshape(
                filters, Activations.alongChannels(filters.shape().extent(0), sums.shape().rank()));
    return requantize(node, sums, List.of(node.input(1), scales), new Steps(node, 6));
  }

  /// a, b and y, each with scale and zero point.
  public static Value qLinearMatMul(OnnxNode node) {
    Value sums =
        IntegerSums.matMul(
            node,
            new Operand(node.input(0), node.optional(2)),
            new Operand(node.input(3), node.optional(5)));
    Value rows = node.input(1);
    Value left =
        rows.shape().rank() == 1 && rows.shape().extent(0) > 1
            ? node.reshape(rows, Shape.of(rows.shape().extent(0), 1))
            : rows;
    return requantize(node, sums, List.of(left, node.input(4)), new Steps(node, 6));
  }

  /// a and b with scale and zero point, a bias of 32 bits, then y's scale and zero point; without
  /// those y is float32.
  public static Value qGemm(OnnxNode node) {
    double alpha = node.attributes().real("alpha", 1);
    Value a = MatrixProducts.matrix(node, 0, node.attributes().flag("transA", false));
    Value b = MatrixProducts.matrix(node, 3, node.attributes().flag("transB", false));
    Value sums =
        IntegerSums.matrices(
            node, new Operand(a, node.optional(2)), new Operand(b, node.optional(5)));
    Value biased = node.optional(6).map(c -> node.map(add(x(), in(1)), sums, c)).orElse(sums);
    Value scale = node.map(multiply(x(), number(FLOAT32, alpha)), node.input(1));
    return node.optional(7).isPresent()
        ? requantize(node, biased, List.of(scale, node.input(4)), new Steps(node, 7))
        : scaled(node, biased, List.of(scale, node.input(4)), Optional.empty());
  }

  /// a, b, their scales, their zero points and a bias -> float32
  public static Value matMulIntegerToFloat(OnnxNode node) {
    Value sums =
        IntegerSums.matMul(
            node,
            new Operand(node.input(0), node.optional(4)),
            new Operand(node.input(1), node.optional(5)));
    return scaled(node, sums, List.of(node.input(2), node.input(3)), node.optional(6));
  }

  /// a as floats, b, b's scale, b's zero point and a bias -> float32; a is quantized on the way.
  public static Value dynamicQuantizeMatMul(OnnxNode node) {
    List<Value> dynamic = Quantization.dynamic(node, node.input(0));
    Value sums =
        IntegerSums.matMul(
            node,
            new Operand(dynamic.get(0), Optional.of(dynamic.get(2))),
            new Operand(node.input(1), node.optional(3)));
    return scaled(node, sums, List.of(dynamic.get(1), node.input(2)), node.optional(4));
  }

  private static Value scaled(OnnxNode node, Value sums, List<Value> scales, Optional<Value> bias) {
    Value factor = node.map(multiply(x(), in(1)), scales.get(0), scales.get(1));
    Expression product = multiply(to(FLOAT32, x()), in(1));
    return bias.isPresent()
        ? node.map(add(product, in(2)), sums, factor, bias.get())
        : node.map(product, sums, factor);
  }

  /// saturate(round(sum * factor) + zero point) with factor = scale of a * scale of b / scale of y,
  /// each step in float32.
  private static Value requantize(OnnxNode node, Value sums, List<Value> scales, Steps result) {
    Expression both = to(FLOAT32, multiply(to(FLOAT32, x()), to(FLOAT32, in(1))));
    Value factor =
        node.map(
            to(FLOAT32, divide(both, to(FLOAT32, in(2)))),
            scales.get(0),
            scales.get(1),
            result.scale());
    ElementType type = result.type();
    Expression product = to(FLOAT32, multiply(to(FLOAT32, x()), in(1)));
    Expression steps = apply(ROUND, product);
    List<Value> operands = new ArrayList<>(List.of(sums, factor));
    if (result.zero().isPresent()) {
      operands.add(result.zero().get());
      steps = add(steps, to(FLOAT32, in(2)));
    }
    return node.map(Quantization.saturate(steps, FLOAT32, type), operands.toArray(Value[]::new));
  }
}
