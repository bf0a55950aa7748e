package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;

/// Being written.
public final class PadLowering {
  private PadLowering() {}

  /// Being written.
  public static void lower(LoweringContext context, Node node, Op.Pad op) {
    throw new UnsupportedOperationException(node.name() + op + context);
  }
}
