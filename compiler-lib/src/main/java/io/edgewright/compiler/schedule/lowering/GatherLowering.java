package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;

/// Being written.
public final class GatherLowering {
  private GatherLowering() {}

  /// Being written.
  public static void lower(LoweringContext context, Node node, Op.Gather op) {
    if (!context.functions().isEmpty() || node.inputs().isEmpty()) {
      throw new UnsupportedOperationException(op.toString());
    }
  }
}
