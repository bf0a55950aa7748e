package io.edgewright.compiler.graph;

import static io.edgewright.compiler.graph.OperandException.require;
import static io.edgewright.compiler.graph.OperandException.requireAxis;
import static io.edgewright.compiler.graph.OperandException.requireOneType;

import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Types of what moves elements and computes nothing (and of Resize, which moves and blends).
final class MovementRules {
  private MovementRules() {}

  static TensorType transpose(List<Integer> order, TensorType input) {
    Shape shape = input.shape();
    boolean permutation =
        order.size() == shape.rank()
            && order.stream().distinct().count() == order.size()
            && order.stream().allMatch(axis -> axis >= 0 && axis < shape.rank());
    require(permutation, "order " + order + " for " + shape, "each axis once");
    return input.withShape(new Shape(order.stream().map(shape.dimensions()::get).toList()));
  }

  static TensorType reshape(Shape shape, TensorType input) {
    TensorType result = TensorLimit.check(input.withShape(shape));
    require(
        input.shape().flat().equals(shape.flat()),
        input.shape() + " as " + shape,
        "a shape of " + input.shape().flat() + " elements");
    return result;
  }

  static TensorType slice(Op.Slice op, TensorType input) {
    Shape shape = input.shape();
    int rank = shape.rank();
    require(
        op.starts().size() == rank && op.shape().rank() == rank && op.steps().size() == rank,
        "a slice of " + op.starts().size() + " axes",
        rank + " axes");
    for (int axis = 0; axis < rank; axis++) {
      Dimension taken = op.shape().dimensions().get(axis);
      boolean inside =
          isInside(
              op.starts().get(axis), taken, op.steps().get(axis), shape.dimensions().get(axis));
      require(inside, op + " of " + shape, "elements inside the input");
    }
    return input.withShape(op.shape());
  }

  /// Whether the elements `first + i * step` are there in every run.
  private static boolean isInside(long first, Dimension taken, long step, Dimension all) {
    long leastThere = all.count().minimum();
    return switch (taken) {
      case Dimension.Fixed(long extent) -> {
        boolean few = extent > 0 && extent <= leastThere;
        long last = few ? Math.addExact(first, Math.multiplyExact(extent - 1, step)) : -1;
        yield extent == 0
            || (few && Math.min(first, last) >= 0 && Math.max(first, last) < leastThere);
      }
      case Dimension.Bounded(Count count) ->
          step == 1 && first >= 0 && all.count().minus(count).minus(Count.of(first)).minimum() >= 0;
      case Dimension.Symbol _ -> false;
    };
  }

  static TensorType concat(int axis, List<TensorType> inputs) {
    requireOneType(inputs);
    Shape first = inputs.getFirst().shape();
    requireAxis(axis, first);
    Count extent = Count.of(0);
    for (TensorType input : inputs) {
      Shape shape = input.shape();
      require(
          shape.rank() == first.rank() && shape.with(axis, 0).equals(first.with(axis, 0)),
          first + " and " + shape,
          "shapes that are equal but for axis " + axis);
      extent = extent.plus(shape.dimensions().get(axis).count());
    }
    return inputs.getFirst().withShape(first.with(axis, Dimension.of(extent)));
  }

  static TensorType pad(Op.Pad op, TensorType input) {
    Shape shape = input.shape();
    require(
        op.begin().size() == shape.rank() && op.end().size() == shape.rank(),
        "padding of " + op.begin().size() + " axes",
        shape.rank() + " axes");
    for (int axis = 0; axis < shape.rank(); axis++) {
      long most = Math.max(op.begin().get(axis), op.end().get(axis));
      if (most == 0) {
        continue;
      }
      long extent = shape.extent(axis);
      boolean fits =
          switch (op.mode()) {
            case CONSTANT -> true;
            case REFLECT -> most < extent;
            case EDGE, WRAP -> extent > 0;
          };
      require(fits, op.mode() + " padding of " + most + " at extent " + extent, "less padding");
      long sum = saturatingAdd(op.begin().get(axis), op.end().get(axis));
      shape = shape.with(axis, saturatingAdd(extent, sum));
    }
    return input.withShape(shape);
  }

  /// Too large is enough: the byte limit then refuses it with its own words.
  private static long saturatingAdd(long left, long right) {
    long sum = left + right;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  static TensorType expand(Shape shape, TensorType input) {
    require(
        Broadcast.fits(input.shape(), shape),
        input.shape() + " to " + shape,
        "a shape that " + input.shape() + " broadcasts to");
    return input.withShape(shape);
  }

  static TensorType resize(Op.Resize op, TensorType input) {
    int rank = input.shape().rank();
    require(
        op.shape().rank() == rank && op.scales().size() == rank,
        "resize of " + input.shape() + " to " + op.shape(),
        "rank " + rank);
    require(
        op.scales().stream().allMatch(scale -> scale > 0), "scales " + op.scales(), "above zero");
    require(
        input.shape().atCapacity().elements() > 0 || op.shape().atCapacity().elements() == 0,
        "resize of " + input.shape(),
        "an input with elements");
    return input.withShape(op.shape());
  }

  static TensorType gather(int axis, TensorType data, TensorType indices) {
    requireAxis(axis, data.shape());
    if (indices.element() != ElementType.INT64 && indices.element() != ElementType.INT32) {
      throw OperandException.type("indices " + indices, "int32 or int64");
    }
    List<Dimension> extents = new ArrayList<>(data.shape().dimensions());
    extents.remove(axis);
    extents.addAll(axis, indices.shape().dimensions());
    return data.withShape(new Shape(extents));
  }
}
