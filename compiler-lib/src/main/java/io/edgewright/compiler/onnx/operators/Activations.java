package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.graph.ScalarFunction.ABSOLUTE;
import static io.edgewright.compiler.graph.ScalarFunction.ERF;
import static io.edgewright.compiler.graph.ScalarFunction.EXP;
import static io.edgewright.compiler.graph.ScalarFunction.LOG;
import static io.edgewright.compiler.graph.ScalarFunction.SIGMOID;
import static io.edgewright.compiler.graph.ScalarFunction.TANH;
import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.apply;
import static io.edgewright.compiler.onnx.operators.Formulas.divide;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.less;
import static io.edgewright.compiler.onnx.operators.Formulas.maximum;
import static io.edgewright.compiler.onnx.operators.Formulas.minimum;
import static io.edgewright.compiler.onnx.operators.Formulas.multiply;
import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.select;
import static io.edgewright.compiler.onnx.operators.Formulas.subtract;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;
import java.util.Optional;

/// Activation functions: one formula of the element each.
public final class Activations {
  private Activations() {}

  /// A formula whose numbers depend on the node's attributes and have the type of its input.
  public interface Formula {
    Expression of(Attributes attributes, ElementType type);
  }

  public static Importer.Single formula(Formula formula) {
    return node ->
        node.map(formula.of(node.attributes(), node.input(0).type().element()), node.input(0));
  }

  public static Expression relu(Attributes attributes, ElementType type) {
    return maximum(x(), number(type, 0));
  }

  public static Expression leakyRelu(Attributes attributes, ElementType type) {
    return sloped(type, attributes.real("alpha", 0.01f));
  }

  /// alpha * x below 0, x above.
  static Expression sloped(ElementType type, double alpha) {
    return select(less(x(), number(type, 0)), multiply(number(type, alpha), x()), x());
  }

  public static Expression thresholdedRelu(Attributes attributes, ElementType type) {
    return above(type, attributes.real("alpha", 1));
  }

  /// x above a threshold, else 0.
  static Expression above(ElementType type, double threshold) {
    return select(less(number(type, threshold), x()), x(), number(type, 0));
  }

  public static Expression elu(Attributes attributes, ElementType type) {
    return exponentialBelowZero(type, attributes.real("alpha", 1));
  }

  public static Expression selu(Attributes attributes, ElementType type) {
    double alpha = attributes.real("alpha", 1.6732631921768188);
    double gamma = attributes.real("gamma", 1.0507010221481323);
    return multiply(number(type, gamma), exponentialBelowZero(type, alpha));
  }

  static Expression exponentialBelowZero(ElementType type, double alpha) {
    Expression power = subtract(apply(EXP, x()), number(type, 1));
    return select(less(x(), number(type, 0)), multiply(number(type, alpha), power), x());
  }

  public static Expression celu(Attributes attributes, ElementType type) {
    Expression alpha = number(type, attributes.real("alpha", 1));
    Expression power = subtract(apply(EXP, divide(x(), alpha)), number(type, 1));
    return add(maximum(x(), number(type, 0)), minimum(number(type, 0), multiply(alpha, power)));
  }

  public static Expression hardSigmoid(Attributes attributes, ElementType type) {
    return ramp(type, attributes.real("alpha", 0.2f), attributes.real("beta", 0.5));
  }

  public static Expression hardSwish(Attributes attributes, ElementType type) {
    return multiply(x(), ramp(type, 1.0 / 6, 0.5));
  }

  /// alpha * x + beta between 0 and 1.
  static Expression ramp(ElementType type, double alpha, double beta) {
    Expression line = add(multiply(number(type, alpha), x()), number(type, beta));
    return maximum(number(type, 0), minimum(number(type, 1), line));
  }

  public static Expression swish(Attributes attributes, ElementType type) {
    Expression alpha = number(type, attributes.real("alpha", 1));
    return multiply(x(), apply(SIGMOID, multiply(alpha, x())));
  }

  /// log(1 + exp(x)), written so that exp cannot overflow.
  public static Expression softplus(Attributes attributes, ElementType type) {
    Expression down = apply(EXP, subtract(number(type, 0), apply(ABSOLUTE, x())));
    return add(maximum(x(), number(type, 0)), apply(LOG, add(number(type, 1), down)));
  }

  public static Expression softsign(Attributes attributes, ElementType type) {
    return divide(x(), add(number(type, 1), apply(ABSOLUTE, x())));
  }

  public static Expression mish(Attributes attributes, ElementType type) {
    return multiply(x(), apply(TANH, softplus(attributes, type)));
  }

  public static Expression gelu(Attributes attributes, ElementType type) {
    String approximation = attributes.word("approximate", "none", List.of("none", "tanh"));
    Expression half = multiply(number(type, 0.5), x());
    if (approximation.equals("none")) {
      Expression scaled = multiply(x(), number(type, StrictMath.sqrt(0.5)));
      return multiply(half, add(number(type, 1), apply(ERF, scaled)));
    }
    Expression cube = multiply(number(type, 0.044715), multiply(x(), multiply(x(), x())));
    Expression inner = multiply(number(type, StrictMath.sqrt(2 / Math.PI)), add(x(), cube));
    return multiply(half, add(number(type, 1), apply(TANH, inner)));
  }

  public static Expression shrink(Attributes attributes, ElementType type) {
    double bias = attributes.real("bias", 0);
    double threshold = attributes.real("lambd", 0.5);
    Expression above =
        select(
            less(number(type, threshold), x()), subtract(x(), number(type, bias)), number(type, 0));
    return select(less(x(), number(type, -threshold)), add(x(), number(type, bias)), above);
  }

  /// The slope broadcasts to the input; before opset 7 a vector lies along the channels.
  public static Value parametricRelu(OnnxNode node) {
    Value x = node.input(0);
    Value slope = node.input(1);
    if (node.opset() < 7 && slope.shape().rank() == 1 && x.shape().rank() > 2) {
      slope = node.reshape(slope, alongChannels(slope.shape().extent(0), x.shape().rank()));
    }
    ElementType type = x.type().element();
    return node.map(select(less(x(), number(type, 0)), multiply(in(1), x()), x()), x, slope);
  }

  /// [C, 1, 1...], which broadcasts along axis 1 of a tensor of a rank.
  static Shape alongChannels(long channels, int rank) {
    Shape shape = Shape.of(new long[Math.max(rank - 1, 1)]);
    for (int axis = 0; axis < shape.rank(); axis++) {
      shape = shape.with(axis, axis == 0 ? channels : 1);
    }
    return shape;
  }

  /// Bounds are attributes before opset 11, optional inputs from then on.
  public static Value clip(OnnxNode node) {
    Value result = node.input(0);
    ElementType type = result.type().element();
    if (node.opset() < 11) {
      double low = node.attributes().real("min", Double.NEGATIVE_INFINITY);
      double high = node.attributes().real("max", Double.POSITIVE_INFINITY);
      return node.map(minimum(maximum(x(), number(type, low)), number(type, high)), result);
    }
    Optional<Value> low = node.optional(1);
    Optional<Value> high = node.optional(2);
    if (low.isPresent()) {
      result = node.map(maximum(x(), in(1)), result, bound(node, low.get()));
    }
    if (high.isPresent()) {
      result = node.map(minimum(x(), in(1)), result, bound(node, high.get()));
    }
    return result;
  }

  private static Value bound(OnnxNode node, Value bound) {
    if (bound.shape().elements() != 1) {
      throw node.invalid(
          "a bound " + bound.type(), "a single number", "give `min` and `max` as scalars");
    }
    return node.reshape(bound, Shape.SCALAR);
  }
}
