package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.Stmt.Argument;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;

/// The best of overlapping boxes: the kernel of `kernels/suppression.h`, in one task, which finds
/// out how many there are.
public final class NonMaxSuppressionLowering {
  private NonMaxSuppressionLowering() {}

  /// Lowers the choice of boxes.
  public static void lower(LoweringContext context, Node node, Op.NonMaxSuppression op) {
    View boxes = context.rowMajor(context.view(node.input(0)), node);
    View scores = context.rowMajor(context.view(node.input(1)), node);
    View output = context.view(node.output());
    LoopBuilder builder = context.function("suppression", node);
    builder.include("boxes.h");
    builder.include("suppression.h");
    long room = boxes.extent(1);
    View scratch = context.scratch(ElementType.INT32, Shape.of(8 * room), List.of(0));
    List<Argument> arguments =
        List.of(
            address(builder.writes("rows", output)),
            address(builder.reads("boxes", boxes)),
            address(builder.reads("scores", scores)),
            whole(scores.extent(0)),
            whole(scores.extent(1)),
            new Argument.Whole(boxes.count(1)),
            whole(room),
            scalar(builder.reads("most", context.view(node.input(2)))),
            scalar(builder.reads("overlap", context.view(node.input(3)))),
            scalar(builder.reads("threshold", context.view(node.input(4)))),
            whole(op.centers() ? 1 : 0),
            address(builder.writes("scratch", scratch)));
    builder.call("ew_suppress", arguments, new Argument.RunTime(Found.name(op.shape(), 0)));
    context.add(builder.finish(1));
  }

  private static Argument address(Pointer pointer) {
    return new Argument.Address(pointer, Expr.zero());
  }

  private static Argument whole(long value) {
    return new Argument.Whole(Expr.index(value));
  }

  private static Argument scalar(Pointer pointer) {
    VectorType type = new VectorType(pointer.element(), 1);
    return new Argument.Whole(new Expr.Load(pointer, Expr.zero(), type));
  }
}
