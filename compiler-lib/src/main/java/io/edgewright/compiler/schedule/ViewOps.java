package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;
import java.util.Optional;

/// The operators that only look at their input in another way.
final class ViewOps {
  private ViewOps() {}

  static boolean isViewOp(Op op) {
    return op instanceof Op.Transpose
        || op instanceof Op.Reshape
        || op instanceof Op.Slice
        || op instanceof Op.Expand;
  }

  /// The output as a view of the input's memory; empty where strides cannot say it.
  static Optional<View> apply(Op op, View input) {
    return switch (op) {
      case Op.Transpose(List<Integer> order) -> Optional.of(input.transpose(order));
      case Op.Reshape(Shape shape) -> input.reshape(shape);
      case Op.Slice(List<Long> starts, Shape shape, List<Long> steps) ->
          Optional.of(input.slice(starts, shape, steps));
      case Op.Expand(Shape shape) -> Optional.of(input.broadcast(shape));
      case Op _ -> Optional.empty();
    };
  }
}
