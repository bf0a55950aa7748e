package io.edgewright.compiler;

import io.edgewright.compiler.codegen.LayerCost;
import io.edgewright.compiler.graph.Cost;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.target.Target;
import java.util.List;
import java.util.stream.Stream;

/// What each layer of an optimised graph costs on a target, for the report.
///
/// The prediction is a roofline: a layer takes as long as its arithmetic at a share of the peak
/// rate, or as long as its bytes take from memory, whichever is more.
final class LayerCosts {
  /// Share of the peak rate that kernels reach on average.
  private static final double EFFICIENCY = 0.5;

  /// Bytes a core gets from memory in one cycle of its clock.
  private static final double BYTES_PER_CYCLE = 4;

  private LayerCosts() {}

  static List<LayerCost> of(Graph graph, Target target) {
    return graph.nodes().stream()
        .filter(node -> node.inputs().stream().allMatch(in -> in.shape().isFixed()))
        .filter(node -> !isView(node.op()))
        .map(node -> of(graph, node, target))
        .toList();
  }

  private static boolean isView(Op op) {
    return op instanceof Op.Transpose || op instanceof Op.Reshape || op instanceof Op.Slice;
  }

  private static LayerCost of(Graph graph, Node node, Target target) {
    long flops = Cost.of(node).operations();
    long weightBytes = bytes(node.inputs().stream().filter(graph::isConstant));
    long activationBytes =
        bytes(node.inputs().stream().filter(input -> !graph.isConstant(input)))
            + bytes(node.outputs().stream());
    double perCycle = target.lanes(Float.BYTES) * (target.fusedMultiplyAdd() ? 2.0 : 1.0);
    double computeCycles = flops / (perCycle * EFFICIENCY);
    double memoryCycles = (weightBytes + activationBytes) / BYTES_PER_CYCLE;
    return new LayerCost(
        node.name(),
        node.op().getClass().getSimpleName(),
        flops,
        weightBytes,
        activationBytes,
        Math.max(computeCycles, memoryCycles) / target.clockMegahertz());
  }

  private static long bytes(Stream<Value> values) {
    return values.mapToLong(value -> value.type().bytes()).sum();
  }
}
