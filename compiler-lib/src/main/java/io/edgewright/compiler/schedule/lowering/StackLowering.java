package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import java.util.List;

/// `stack[round, i...] = row[i...]`, where the number of the round lies in memory.
public final class StackLowering {
  private StackLowering() {}

  /// Writes a row of a stack.
  public static void lower(LoweringContext context, Node node, View row, View stack, View round) {
    if (row.elements() == 0) {
      return;
    }
    View target =
        new View(
            stack.buffer(),
            stack.element(),
            stack.offset(),
            row.extents(),
            stack.strides().subList(1, stack.rank()));
    LoopAxes axes = LoopAxes.of(List.of(target, row));
    LoopBuilder builder = context.function("stack", node, "copies a row to its place in a stack");
    Pointer from = builder.reads("in", row);
    Pointer to = builder.writes("out", target);
    Pointer at = builder.reads("round", round);
    Expr start =
        Expr.multiply(
            builder.let("round", new Expr.Load(at, Expr.zero(), VectorType.INDEX)),
            stack.stride(0));
    int most = lanes(context, axes, row.element());
    long tasks =
        Nest.emit(
            builder,
            axes,
            context.machine(),
            Tasks.work(context.machine(), row.elements(), 0, most),
            most,
            (position, lanes) -> {
              VectorType type = new VectorType(row.element(), lanes);
              builder.store(
                  to,
                  Expr.add(start, axes.index(0, position)),
                  new Expr.Load(from, axes.index(1, position), type));
            });
    context.add(builder.finish(tasks));
  }

  private static int lanes(LoweringContext context, LoopAxes axes, ElementType element) {
    boolean neighbours =
        axes.innermostStride(0) == 1 && axes.innermostStride(1) == 1 && element != ElementType.BOOL;
    return neighbours
        ? Math.max(1, context.machine().floatLanes() * Float.BYTES / element.bytes())
        : 1;
  }
}
