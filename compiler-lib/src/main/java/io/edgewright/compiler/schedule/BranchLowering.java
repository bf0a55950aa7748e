package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.schedule.lowering.LoweringContext;
import java.util.List;

/// Both branches read what they capture where it lies, and write to the same places.
final class BranchLowering {
  private BranchLowering() {}

  static void lower(LoweringContext context, Node node, Op.If op) {
    List<View> views = node.inputs().stream().map(context::view).toList();
    List<View> outputs = node.outputs().stream().map(context::view).toList();
    Boundary boundary = new Boundary(views.subList(1, views.size()), outputs);
    context.add(
        new Step.Branch(
            Pointer.to(views.getFirst(), "condition", false),
            Scheduler.steps(op.then(), boundary, context.parts()),
            Scheduler.steps(op.otherwise(), boundary, context.parts())));
  }
}
