package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// Conv in one, two or three dimensions -> Convolution; a missing bias is zeros.
public final class Conv {
  private Conv() {}

  public static Value read(OnnxNode node) {
    Value weights = node.input(1);
    Value bias = node.optional(2).orElseGet(() -> zeros(node, weights));
    return convolve(node, node.input(0), weights, bias, 0);
  }

  /// The convolution that the node's attributes describe.
  ///
  /// @param outside what x counts as outside the picture
  static Value convolve(OnnxNode node, Value x, Value weights, Value bias, long outside) {
    Shape shape = weights.shape();
    if (shape.rank() != x.shape().rank() || shape.rank() < 3) {
      throw node.shapes(
          "input " + x.shape() + " and weights " + shape,
          "[N, C, spatial...] and [M, C / group, kernel...]",
          "give both the same rank");
    }
    List<Long> kernel =
        node.attributes()
            .integers("kernel_shape")
            .orElseGet(() -> Arrays.stream(shape.extents()).skip(2).boxed().toList());
    Window window = Windows.read(node, x.shape(), kernel);
    long groups = node.attributes().integer("group", 1);
    if (groups < 1 || groups > shape.extent(0)) {
      throw node.attributes()
          .invalid("group", "" + groups, "1 to the number of filters", "export the model again");
    }
    Op op = new Op.Convolution(window, (int) groups, outside, Expression.identity());
    return node.add(op, x, weights, bias);
  }

  /// No bias: a zero for each filter.
  static Value zeros(OnnxNode node, Value weights) {
    Shape shape = Shape.of(filters(node, weights));
    double[] zeros = new double[(int) shape.elements()];
    return node.constant(Tensor.ofDoubles(weights.type().element().sum(), shape, zeros));
  }

  /// How many filters the weights are.
  static long filters(OnnxNode node, Value weights) {
    if (weights.shape().rank() == 0) {
      throw node.shapes(
          "weights " + weights.shape(), "[M, C / group, kernel...]", "check the weights");
    }
    return weights.shape().extent(0);
  }
}
