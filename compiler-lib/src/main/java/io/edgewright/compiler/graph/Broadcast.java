package io.edgewright.compiler.graph;

import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// numpy's rule: shapes are aligned at their last axes; an extent of 1 is repeated.
public final class Broadcast {
  private static final Dimension ONE = Dimension.of(1);

  private Broadcast() {}

  /// The common shape.
  ///
  /// @throws OperandException when the shapes do not fit each other
  public static Shape of(List<Shape> shapes) {
    int rank = shapes.stream().mapToInt(Shape::rank).max().orElse(0);
    List<Dimension> dimensions = new ArrayList<>(Collections.nCopies(rank, ONE));
    for (Shape shape : shapes) {
      int skipped = rank - shape.rank();
      for (int axis = 0; axis < shape.rank(); axis++) {
        Dimension known = dimensions.get(skipped + axis);
        dimensions.set(skipped + axis, merge(known, shape.dimensions().get(axis), shapes));
      }
    }
    return new Shape(dimensions);
  }

  private static Dimension merge(Dimension left, Dimension right, List<Shape> shapes) {
    if (!left.equals(right) && !left.equals(ONE) && !right.equals(ONE)) {
      throw OperandException.shape(
          "shapes that do not broadcast: " + shapes,
          "equal extents or 1, aligned at the last axis");
    }
    return left.equals(ONE) ? right : left;
  }

  /// Whether `from` can be repeated to exactly `to`.
  public static boolean fits(Shape from, Shape to) {
    if (from.rank() > to.rank()) {
      return false;
    }
    int skipped = to.rank() - from.rank();
    for (int axis = 0; axis < from.rank(); axis++) {
      Dimension own = from.dimensions().get(axis);
      if (!own.equals(ONE) && !own.equals(to.dimensions().get(skipped + axis))) {
        return false;
      }
    }
    return true;
  }
}
