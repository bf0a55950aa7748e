package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.graph.ScalarFunction.EQUAL;
import static io.edgewright.compiler.onnx.operators.Formulas.apply;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.to;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.stream.LongStream;

/// Softmax, LogSoftmax and Hardmax. Before opset 13 everything from the axis on counts as one axis.
public final class Softmaxes {
  private Softmaxes() {}

  public static Value softmax(OnnxNode node) {
    Value x = node.input(0);
    return softmax(node, x, node.opset());
  }

  static Value softmax(OnnxNode node, Value x, long opset) {
    return along(node, x, opset, (flat, axis) -> node.add(new Op.Softmax(axis, false), flat));
  }

  public static Value logSoftmax(OnnxNode node) {
    Value x = node.input(0);
    return along(node, x, node.opset(), (flat, axis) -> node.add(new Op.Softmax(axis, true), flat));
  }

  /// One where the first of the largest elements is, else zero.
  public static Value hardmax(OnnxNode node) {
    Value x = node.input(0);
    return along(
        node,
        x,
        node.opset(),
        (flat, axis) -> {
          Value largest = node.add(new Op.ArgumentReduce(axis, true, false), flat);
          Value places = node.constant(indices(flat.shape(), axis));
          return node.map(to(x.type().element(), apply(EQUAL, x(), in(1))), largest, places);
        });
  }

  /// 0, 1, 2... along an axis, extent 1 on the others.
  static Tensor indices(Shape shape, int axis) {
    long extent = shape.extent(axis);
    Shape line = Shape.of(LongStream.generate(() -> 1).limit(shape.rank()).toArray());
    return Tensor.ofLongs(line.with(axis, extent), LongStream.range(0, extent).toArray());
  }

  private interface AlongAxis {
    Value apply(Value x, int axis);
  }

  private static Value along(OnnxNode node, Value x, long opset, AlongAxis operator) {
    Shape shape = x.shape();
    boolean old = opset < 13;
    int axis = node.axis(node.attributes().integer("axis", old ? 1 : -1), shape.rank());
    if (!old || axis == shape.rank() - 1) {
      return operator.apply(x, axis);
    }
    Value flat = node.reshape(x, Reshaping.flattened(shape, axis));
    return node.reshape(operator.apply(flat, 1), shape);
  }
}
