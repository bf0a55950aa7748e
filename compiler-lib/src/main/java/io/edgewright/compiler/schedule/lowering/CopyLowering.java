package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Moves elements to another place in memory.
public final class CopyLowering {
  private CopyLowering() {}

  /// Copies a view to another one of the same shape.
  public static void lower(LoweringContext context, Node node, View from, View to) {
    MapLowering.lower(context, context.copy(node), Expression.identity(), to, List.of(from));
  }

  /// Copies a view to another one with the same elements in row-major order, whatever its shape.
  public static void reshape(LoweringContext context, Node node, View from, View to) {
    Optional<View> source = from.reshape(to.shape());
    Optional<View> target = to.reshape(from.shape());
    if (source.isPresent()) {
      lower(context, node, source.get(), to);
    } else if (target.isPresent()) {
      lower(context, node, from, target.get());
    } else {
      View dense = context.scratch(from.element(), from.shape(), rowMajor(from.shape()));
      lower(context, node, from, dense);
      lower(context, node, dense.reshape(to.shape()).orElseThrow(), to);
    }
  }

  private static List<Integer> rowMajor(Shape shape) {
    return IntStream.range(0, shape.rank()).boxed().toList();
  }
}
