package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;

/// Being written.
public final class ImageToTensorLowering {
  private ImageToTensorLowering() {}

  /// Being written.
  public static void lower(LoweringContext context, Node node, Op.ImageToTensor op) {
    throw new UnsupportedOperationException(node.name() + op + context);
  }
}
