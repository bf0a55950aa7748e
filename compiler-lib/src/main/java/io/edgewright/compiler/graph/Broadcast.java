package io.edgewright.compiler.graph;

import io.edgewright.compiler.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/// numpy's rule: shapes are aligned at their last axes; an extent of 1 is repeated.
public final class Broadcast {
  private Broadcast() {}

  /// The common shape.
  ///
  /// @throws OperandException when the shapes do not fit each other
  public static Shape of(List<Shape> shapes) {
    int rank = shapes.stream().mapToInt(Shape::rank).max().orElse(0);
    long[] extents = new long[rank];
    Arrays.fill(extents, 1);
    for (Shape shape : shapes) {
      int skipped = rank - shape.rank();
      for (int axis = 0; axis < shape.rank(); axis++) {
        extents[skipped + axis] = merge(extents[skipped + axis], shape.extent(axis), shapes);
      }
    }
    return Shape.of(extents);
  }

  private static long merge(long left, long right, List<Shape> shapes) {
    if (left != right && left != 1 && right != 1) {
      throw OperandException.shape(
          "shapes that do not broadcast: " + shapes,
          "equal extents or 1, aligned at the last axis");
    }
    return left == 1 ? right : left;
  }

  /// Whether `from` can be repeated to exactly `to`.
  public static boolean fits(Shape from, Shape to) {
    if (from.rank() > to.rank()) {
      return false;
    }
    int skipped = to.rank() - from.rank();
    for (int axis = 0; axis < from.rank(); axis++) {
      if (from.extent(axis) != 1 && from.extent(axis) != to.extent(skipped + axis)) {
        return false;
      }
    }
    return true;
  }
}
