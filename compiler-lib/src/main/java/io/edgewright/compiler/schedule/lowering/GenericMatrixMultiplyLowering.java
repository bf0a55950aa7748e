package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;

/// Being written.
final class GenericMatrixMultiplyLowering {
  private GenericMatrixMultiplyLowering() {}

  /// Being written.
  static void lower(LoweringContext context, Node node, Op.MatrixMultiply op) {
    if (!context.functions().isEmpty() || node.inputs().isEmpty()) {
      throw new UnsupportedOperationException(op.toString());
    }
  }
}
