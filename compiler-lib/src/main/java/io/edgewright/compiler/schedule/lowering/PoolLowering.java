package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;

/// Being written.
public final class PoolLowering {
  private PoolLowering() {}

  /// Being written.
  public static void lower(LoweringContext context, Node node, Op.Pool op) {
    throw new UnsupportedOperationException(node.name() + op + context);
  }
}
