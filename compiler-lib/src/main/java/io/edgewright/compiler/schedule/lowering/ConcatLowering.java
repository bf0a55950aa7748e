package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import java.util.List;

/// Parts one after the other, where only a run knows how long they are: each is copied to where the
/// ones before it end.
public final class ConcatLowering {
  private ConcatLowering() {}

  /// Lowers a concatenation.
  public static void lower(LoweringContext context, Node node, int axis) {
    View whole = context.view(node.output());
    Count start = Count.of(0);
    for (Value part : node.inputs()) {
      View view = context.view(part);
      LoopBuilder builder = context.copy(node);
      Pointer out = builder.writes("out", whole);
      Pointer in = builder.reads("in", view);
      Expr first = Expr.multiply(Expr.count(Dimension.of(start)), whole.stride(axis));
      LoopAxes loops = LoopAxes.of(List.of(view, like(view, whole)));
      Nest.open(
          builder,
          loops,
          loops.depth(),
          position -> {
            Expr value =
                new Expr.Load(in, loops.index(0, position), new VectorType(view.element(), 1));
            builder.store(out, Expr.add(first, loops.index(1, position)), value);
          });
      context.add(builder.finish(1));
      start = start.plus(view.dimension(axis).count());
    }
  }

  /// The first elements of the whole, as many as the part has.
  private static View like(View part, View whole) {
    return new View(whole.buffer(), whole.element(), whole.offset(), part.shape(), whole.strides());
  }
}
