package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.graph.ScalarFunction.ADD;
import static io.edgewright.compiler.graph.ScalarFunction.IS_NEGATIVE_INFINITY;
import static io.edgewright.compiler.graph.ScalarFunction.IS_POSITIVE_INFINITY;
import static io.edgewright.compiler.graph.ScalarFunction.MODULO;
import static io.edgewright.compiler.graph.ScalarFunction.OR;
import static io.edgewright.compiler.graph.ScalarFunction.POWER;
import static io.edgewright.compiler.graph.ScalarFunction.REMAINDER;
import static io.edgewright.compiler.graph.ScalarFunction.SHIFT_LEFT;
import static io.edgewright.compiler.graph.ScalarFunction.SHIFT_RIGHT;
import static io.edgewright.compiler.onnx.operators.Formulas.apply;
import static io.edgewright.compiler.onnx.operators.Formulas.divide;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.select;
import static io.edgewright.compiler.onnx.operators.Formulas.to;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// Arithmetic, comparisons and logic that are one function of the elements.
public final class Elementwise {
  private Elementwise() {}

  public static Importer.Single unary(ScalarFunction function) {
    return node -> node.map(apply(function, x()), node.input(0));
  }

  public static Importer.Single binary(ScalarFunction function) {
    return node -> {
      Value left = node.input(0);
      return node.map(apply(function, x(), in(1)), left, right(node, left));
    };
  }

  /// `function(b, a)`, for Greater and its like.
  public static Importer.Single swapped(ScalarFunction function) {
    return node -> {
      Value left = node.input(0);
      return node.map(apply(function, in(1), x()), left, right(node, left));
    };
  }

  /// Any number of inputs, from left to right.
  public static Importer.Single variadic(ScalarFunction function) {
    return node -> {
      Value result = node.input(0);
      for (Value next : node.inputs().subList(1, node.inputCount())) {
        result = node.map(apply(function, x(), in(1)), result, next);
      }
      return result;
    };
  }

  public static Value mean(OnnxNode node) {
    Value sum = variadic(ADD).read(node);
    ElementType type = sum.type().element();
    return node.map(divide(x(), number(type, node.inputCount())), sum);
  }

  /// The second operand. Before opset 7 it may be lined up with an axis of the first.
  private static Value right(OnnxNode node, Value left) {
    Value right = node.input(1);
    if (node.opset() >= 7) {
      return right;
    }
    boolean broadcast = node.attributes().flag("broadcast", false);
    long axis = node.attributes().integer("axis", left.shape().rank() - right.shape().rank());
    if (!broadcast) {
      return right;
    }
    List<Dimension> extents = new ArrayList<>(right.shape().dimensions());
    for (int i = node.axis(axis, left.shape().rank() + 1) + extents.size();
        i < left.shape().rank();
        i++) {
      extents.add(Dimension.of(1));
    }
    return node.reshape(right, new Shape(extents));
  }

  /// The exponent may have another type; the result has the type of the base.
  public static Value power(OnnxNode node) {
    Value base = node.input(0);
    Value exponent = right(node, base);
    ElementType type = base.type().element();
    ElementType other = exponent.type().element();
    if (type == other) {
      return node.map(apply(POWER, x(), in(1)), base, exponent);
    }
    ElementType common = other.isFloat() && !type.isFloat() ? other : type;
    return node.map(to(type, apply(POWER, to(common, x()), to(common, in(1)))), base, exponent);
  }

  public static Value modulo(OnnxNode node) {
    boolean remainder = node.attributes().flag("fmod", false);
    return binary(remainder ? REMAINDER : MODULO).read(node);
  }

  public static Value bitShift(OnnxNode node) {
    String direction = node.attributes().word("direction", "", List.of("LEFT", "RIGHT"));
    return binary(direction.equals("LEFT") ? SHIFT_LEFT : SHIFT_RIGHT).read(node);
  }

  public static Value isInfinite(OnnxNode node) {
    boolean positive = node.attributes().flag("detect_positive", true);
    boolean negative = node.attributes().flag("detect_negative", true);
    Expression up = apply(IS_POSITIVE_INFINITY, x());
    Expression down = apply(IS_NEGATIVE_INFINITY, x());
    Expression either =
        positive && negative
            ? apply(OR, up, down)
            : positive ? up : negative ? down : to(ElementType.BOOL, number(ElementType.INT8, 0));
    return node.map(either, node.input(0));
  }

  public static Value where(OnnxNode node) {
    return node.map(select(x(), in(1), in(2)), node.input(0), node.input(1), node.input(2));
  }
}
