package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.Stmt.Argument;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;

/// The last step of a detector: the kernel of `kernels/detections.h`, in one task.
public final class SelectDetectionsLowering {
  private SelectDetectionsLowering() {}

  /// Lowers the choice of boxes.
  public static void lower(LoweringContext context, Node node, Op.SelectDetections op) {
    View boxes = context.rowMajor(context.view(node.input(0)), node);
    View scores = context.rowMajor(context.view(node.input(1)), node);
    int picture = context.inputIndex(node.input(2));
    LoopBuilder builder = context.function("detections", node);
    builder.include("placement.h");
    builder.include("boxes.h");
    builder.include("detections.h");
    long candidates = scores.extent(0) * (scores.extent(1) - op.firstClass());
    // EW_DETECTIONS_SCRATCH of the kernel, in words of four bytes.
    Shape words = Shape.of(2 * candidates + 6L * op.maximum());
    View scratch = context.scratch(ElementType.INT32, words, List.of(0));
    Pointer rows = builder.writes("rows", context.view(node.outputs().get(0)));
    Pointer count = builder.writes("count", context.view(node.outputs().get(1)));
    builder.call(
        "ew_select_detections",
        List.of(
            address(rows),
            address(builder.reads("boxes", boxes)),
            address(builder.reads("scores", scores)),
            whole(scores.extent(0)),
            whole(scores.extent(1)),
            whole(op.firstClass()),
            new Argument.Threshold(op.threshold()),
            new Argument.Real(op.overlap()),
            whole(op.acrossClasses() ? 1 : 0),
            whole(op.maximum()),
            new Argument.Named("EW_FIT_" + op.fit().name()),
            whole(op.inputWidth()),
            whole(op.inputHeight()),
            new Argument.InputExtent(picture, 1),
            new Argument.InputExtent(picture, 0),
            address(builder.writes("scratch", scratch))),
        new Argument.Address(count, Expr.zero()));
    context.add(builder.finish(1));
  }

  private static Argument address(Pointer pointer) {
    return new Argument.Address(pointer, Expr.zero());
  }

  private static Argument whole(long value) {
    return new Argument.Whole(Expr.index(value));
  }
}
