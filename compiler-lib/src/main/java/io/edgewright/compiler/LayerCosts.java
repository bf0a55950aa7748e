package io.edgewright.compiler;

import io.edgewright.compiler.codegen.LayerCost;
import io.edgewright.compiler.graph.Cost;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.schedule.Program;
import io.edgewright.compiler.schedule.loops.LoopFunction;
import io.edgewright.compiler.target.Target;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What each layer of an optimised graph costs on a target, for plans and reports.
final class LayerCosts {
  private LayerCosts() {}

  /// @param program the graph's: a node that became a view, or was written in place, has no
  ///   function there and costs nothing
  static List<LayerCost> of(Graph graph, Program program, Target target) {
    Set<String> working =
        program.functions().stream().map(LoopFunction::origin).collect(Collectors.toSet());
    Roofline roofline = new Roofline(target, program.weights().remaining());
    return graph.nodes().stream()
        .filter(node -> working.contains(node.name()))
        .map(node -> of(graph, node, roofline))
        .toList();
  }

  private static LayerCost of(Graph graph, Node node, Roofline roofline) {
    long weightBytes = bytes(node.inputs().stream().filter(graph::isConstant));
    long bytesRead = bytes(node.inputs().stream().filter(input -> !graph.isConstant(input)));
    long bytesWritten = bytes(node.outputs().stream());
    return new LayerCost(
        node.name(),
        node.op().getClass().getSimpleName(),
        Cost.of(node).operations(),
        weightBytes,
        bytesRead,
        bytesWritten,
        roofline.micros(node, weightBytes, bytesRead + bytesWritten));
  }

  /// What has no size before it runs counts as nothing.
  private static long bytes(Stream<Value> values) {
    return values
        .filter(value -> value.shape().isFixed())
        .mapToLong(value -> value.type().bytes())
        .sum();
  }
}
