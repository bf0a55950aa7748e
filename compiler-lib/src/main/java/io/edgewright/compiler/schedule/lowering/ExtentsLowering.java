package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;

/// `out[axis] = elements along the axis of the input in this run`
public final class ExtentsLowering {
  private ExtentsLowering() {}

  /// Lowers the extents of a value.
  public static void lower(LoweringContext context, Node node) {
    Shape shape = node.input(0).shape();
    View output = context.view(node.output());
    LoopBuilder builder = context.function("extents", node);
    Pointer out = builder.writes("out", output);
    for (int axis = 0; axis < shape.rank(); axis++) {
      Expr place = output.index(List.of(Expr.index(axis)));
      builder.store(out, place, Expr.count(shape.dimensions().get(axis)));
    }
    context.add(builder.finish(1));
  }
}
