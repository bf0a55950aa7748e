package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;

/// Being written.
final class GenericConvolutionLowering {
  private GenericConvolutionLowering() {}

  /// Being written.
  static void lower(LoweringContext context, Node node, Op.Convolution op) {
    if (!context.functions().isEmpty() || node.inputs().isEmpty()) {
      throw new UnsupportedOperationException(op.toString());
    }
  }
}
