package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/// NonMaxSuppression. How many boxes it keeps is known only at run time; there is room for all of
/// them, or for `max_output_boxes_per_class` of each class where that is a constant.
public final class Suppression {
  private Suppression() {}

  public static Value read(OnnxNode node) {
    Value boxes = node.input(0);
    Value scores = node.input(1);
    boolean centers = node.attributes().integer("center_point_box", 0) != 0;
    if (boxes.shape().rank() != 3 || scores.shape().rank() != 3) {
      throw node.shapes(
          "boxes " + boxes.shape() + " and scores " + scores.shape(),
          "[B, N, 4] and [B, classes, N]",
          "check the inputs of this node");
    }
    Value most = scalar(node, 2, ElementType.INT64, 0);
    long room = boxes.shape().atCapacity().extent(1);
    long perClass =
        node.tensor(most).map(known -> Math.clamp(known.getLong(0), 0L, room)).orElse(room);
    long classes = scores.shape().extent(1);
    Dimension found = node.found(Math.multiplyExact(boxes.shape().extent(0) * classes, perClass));
    if (found.equals(Dimension.of(0))) {
      return node.constant(Tensor.ofLongs(Shape.of(0, 3)));
    }
    return node.addAll(
            new Op.NonMaxSuppression(centers, new Shape(List.of(found, Dimension.of(3)))),
            List.of(
                boxes,
                scores,
                most,
                scalar(node, 3, ElementType.FLOAT32, 0),
                scalar(node, 4, ElementType.FLOAT32, Double.NEGATIVE_INFINITY)))
        .getFirst();
  }

  /// An optional input of one element, which may be a list of one.
  private static Value scalar(OnnxNode node, int index, ElementType type, double otherwise) {
    Optional<Value> given = node.optional(index);
    return given.isEmpty()
        ? node.constant(Tensor.ofDoubles(type, Shape.SCALAR, otherwise))
        : node.reshape(node.convert(given.get(), type), Shape.SCALAR);
  }
}
