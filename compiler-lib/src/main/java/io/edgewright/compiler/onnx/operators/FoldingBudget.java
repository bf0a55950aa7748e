package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.graph.Cost;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.OperandException;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;
import java.util.Locale;

/// Memory and work that may go into constants while one model is imported.
final class FoldingBudget {
  private static final long MAXIMUM_BYTES = 256L << 20;
  private static final long MAXIMUM_OPERATIONS = 20_000_000_000L;

  /// What it takes to interpret a node, beside its arithmetic.
  private static final double OPERATIONS_PER_NODE = 5_000;

  private long bytes;
  private double operations;

  /// Whether a loop can be afforded; any other operator must be.
  boolean affords(Op op, List<TensorType> inputs, List<TensorType> outputs) {
    return !(op instanceof Op.Loop loop)
        || (loop.most() != Op.Loop.UNBOUNDED
            && operations + work(op, inputs, outputs) <= MAXIMUM_OPERATIONS);
  }

  /// @throws OperandException when the budget is spent
  void spend(Op op, List<TensorType> inputs, List<TensorType> outputs) {
    long made =
        outputs.stream()
            .mapToLong(type -> Double.BYTES * type.shape().atCapacity().elements())
            .sum();
    bytes += outputs.stream().mapToLong(TensorType::capacityBytes).sum();
    operations += work(op, inputs, outputs);
    if (made > MAXIMUM_BYTES || bytes > MAXIMUM_BYTES || operations > MAXIMUM_OPERATIONS) {
      throw new OperandException(
          ErrorCode.FOLDING_TOO_LARGE,
          String.format(
              Locale.ROOT,
              "constants of %s to compute, with %,d bytes and %,.0f operations up to here",
              outputs,
              bytes,
              operations),
          String.format(
              Locale.ROOT,
              "at most %,d bytes and %,d operations in all",
              MAXIMUM_BYTES,
              MAXIMUM_OPERATIONS),
          "store the result in the model (onnxsim does that), or use smaller constants");
    }
  }

  private static double work(Op op, List<TensorType> inputs, List<TensorType> outputs) {
    return Cost.of(op, inputs, outputs).operations() + nodes(op) * OPERATIONS_PER_NODE;
  }

  /// How many nodes inside of an operator are interpreted.
  private static double nodes(Op op) {
    double rounds = op instanceof Op.Loop loop ? Cost.rounds(loop) : 1;
    double each = 0;
    for (Graph body : op.bodies()) {
      each += body.nodes().stream().mapToDouble(node -> 1 + nodes(node.op())).sum();
    }
    return rounds * (op.bodies().isEmpty() ? 0 : 1 + each);
  }
}
