package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.graph.ScalarFunction.ROUND;
import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.apply;
import static io.edgewright.compiler.onnx.operators.Formulas.divide;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.maximum;
import static io.edgewright.compiler.onnx.operators.Formulas.minimum;
import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.subtract;
import static io.edgewright.compiler.onnx.operators.Formulas.to;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Dequantization;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// QuantizeLinear, DequantizeLinear and DynamicQuantizeLinear as arithmetic. Scale and zero point
/// are scalars, or one per index of an axis, or one per block of an axis.
public final class Quantization {
  private Quantization() {}

  /// What a quantized number stands for: `(number - zero) * scale`.
  record Steps(Value scale, Optional<Value> zero) {
    /// The node's inputs from an index on.
    Steps(OnnxNode node, int index) {
      this(node.input(index), node.optional(index + 1));
    }

    /// The type of the quantized numbers, which is that of their zero point.
    ElementType type() {
      return zero.map(value -> value.type().element()).orElse(ElementType.UINT8);
    }
  }

  public static Value quantize(OnnxNode node) {
    node.attributes().ignore("saturate");
    ElementType type = quantizedType(node, node.optional(2));
    ElementType working = working(node, node.input(1).type().element());
    return quantize(node, node.input(0), new Steps(node, 1), type, working);
  }

  /// saturate(round(x / scale) + zero point)
  static Value quantize(
      OnnxNode node, Value x, Steps parameters, ElementType type, ElementType working) {
    Value scale = aligned(node, parameters.scale(), x);
    Optional<Value> zero = parameters.zero().map(value -> aligned(node, value, x));
    Expression steps = steps(working, to(working, in(1)));
    Expression shifted = zero.isPresent() ? add(steps, to(working, in(2))) : steps;
    List<Value> operands = new ArrayList<>(List.of(x, scale));
    zero.ifPresent(operands::add);
    return node.addAll(new Op.Map(saturate(shifted, working, type)), operands).getFirst();
  }

  /// round(x / scale). Operand and quotient are rounded to the working type first, because a value
  /// between two steps goes to the one that float32 arithmetic makes it.
  private static Expression steps(ElementType working, Expression scale) {
    return apply(ROUND, to(working, divide(to(working, x()), scale)));
  }

  private static ElementType quantizedType(OnnxNode node, Optional<Value> zero) {
    boolean stated = node.attributes().integer("output_dtype", 0) != 0;
    ElementType fallback = zero.map(value -> value.type().element()).orElse(ElementType.UINT8);
    return stated ? Casting.attributeType(node, "output_dtype") : fallback;
  }

  private static ElementType working(OnnxNode node, ElementType scale) {
    boolean stated = node.attributes().integer("precision", 0) != 0;
    return stated ? Casting.attributeType(node, "precision") : scale;
  }

  static Expression saturate(Expression value, ElementType working, ElementType type) {
    int bits = 8 * type.bytes();
    boolean signed = type.kind() == ElementType.Kind.SIGNED;
    double least = signed ? -Math.scalb(1.0, bits - 1) : 0;
    double most = Math.scalb(1.0, signed ? bits - 1 : bits) - 1;
    return to(type, minimum(maximum(value, number(working, least)), number(working, most)));
  }

  public static Value dequantize(OnnxNode node) {
    return dequantize(node, node.input(0), new Steps(node, 1));
  }

  /// (x - zero point) * scale. Constant bytes stay bytes here: a pass may multiply them as such.
  static Value dequantize(OnnxNode node, Value x, Steps parameters) {
    Value scale = aligned(node, parameters.scale(), x);
    Optional<Value> zero = parameters.zero().map(value -> aligned(node, value, x));
    ElementType type = scale.type().element();
    boolean stated = node.attributes().integer("output_dtype", 0) != 0;
    ElementType result = stated ? Casting.attributeType(node, "output_dtype") : type;
    Expression scaled = new Dequantization(x.type().element(), type, zero.isPresent()).expression();
    List<Value> operands = new ArrayList<>(List.of(x, scale));
    zero.ifPresent(operands::add);
    Op map = new Op.Map(result == type ? scaled : to(result, scaled));
    boolean weights = x.type().element().isByte() && x.shape().rank() > 1;
    return weights ? node.addUnfolded(map, operands) : node.addAll(map, operands).getFirst();
  }

  /// A parameter in a shape that broadcasts to x.
  private static Value aligned(OnnxNode node, Value parameter, Value x) {
    long block = node.attributes().integer("block_size", 0);
    long stated = node.attributes().integer("axis", 1);
    Shape shape = parameter.shape();
    if (shape.elements() == 1) {
      return node.reshape(parameter, Shape.SCALAR);
    }
    int axis = node.axis(stated, x.shape().rank());
    if (block > 0 && shape.rank() == x.shape().rank()) {
      return repeated(node, parameter, axis, block, x.shape().extent(axis));
    }
    if (shape.rank() != 1 || shape.extent(0) != x.shape().extent(axis)) {
      throw node.shapes(
          "scale or zero point " + shape + " for axis " + axis + " of " + x.shape(),
          "a scalar, or one number per index of the axis",
          "check `axis`");
    }
    return node.reshape(
        parameter, Activations.alongChannels(shape.extent(0), x.shape().rank() - axis + 1));
  }

  /// Each number stands for a block of indices; the last block may be cut short.
  private static Value repeated(OnnxNode node, Value parameter, int axis, long block, long extent) {
    long[] extents = parameter.shape().extents();
    long outer = Reshaping.product(extents, 0, axis + 1);
    long inner = Reshaping.product(extents, axis + 1, extents.length);
    Value lines = node.reshape(parameter, Shape.of(outer, 1, inner));
    Value expanded = node.add(new Op.Expand(Shape.of(outer, block, inner)), lines);
    Value whole = node.reshape(expanded, parameter.shape().with(axis, extents[axis] * block));
    return Slicing.part(node, whole, axis, 0, Math.min(extent, extents[axis] * block));
  }

  /// uint8 over the range of x, which is widened to hold zero.
  public static List<Value> dynamic(OnnxNode node) {
    return dynamic(node, node.input(0));
  }

  static List<Value> dynamic(OnnxNode node, Value x) {
    ElementType type = x.type().element();
    List<Integer> axes = IntStream.range(0, x.shape().rank()).boxed().toList();
    Value least = extreme(node, x, Op.ReduceKind.MINIMUM, axes);
    Value most = extreme(node, x, Op.ReduceKind.MAXIMUM, axes);
    Expression low = minimum(x(), number(type, 0));
    Expression high = maximum(in(1), number(type, 0));
    Value scale = node.map(to(type, divide(subtract(high, low), number(type, 255))), least, most);
    Expression middle = apply(ROUND, to(type, divide(subtract(number(type, 0), low), in(1))));
    Value zero = node.map(saturate(middle, type, ElementType.UINT8), least, scale);
    Expression steps = add(steps(type, in(1)), to(type, in(2)));
    Value y = node.map(saturate(steps, type, ElementType.UINT8), x, scale, zero);
    return List.of(y, scale, zero);
  }

  private static Value extreme(OnnxNode node, Value x, Op.ReduceKind kind, List<Integer> axes) {
    return node.reshape(node.add(new Op.Reduce(kind, axes), x), Shape.SCALAR);
  }
}
