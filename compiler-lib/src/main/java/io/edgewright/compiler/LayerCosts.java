package io.edgewright.compiler;

import io.edgewright.compiler.codegen.LayerCost;
import io.edgewright.compiler.graph.Cost;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
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
  private final Set<String> working;
  private final Roofline roofline;

  /// @param working names of the nodes that have functions
  private LayerCosts(Set<String> working, Roofline roofline) {
    this.working = working;
    this.roofline = roofline;
  }

  /// Of a branch the side that takes longer is listed; what stands in a loop counts once for each
  /// of its [Cost#rounds].
  ///
  /// @param program the graph's: a node that became a view, or was written in place, has no
  ///   function there and costs nothing
  static List<LayerCost> of(Graph graph, Program program, Target target) {
    Set<String> working =
        program.functions().stream().map(LoopFunction::origin).collect(Collectors.toSet());
    Roofline roofline = new Roofline(target, program.weights().remaining());
    return new LayerCosts(working, roofline).of(graph, 1).toList();
  }

  private Stream<LayerCost> of(Graph graph, long rounds) {
    return graph.nodes().stream()
        .flatMap(node ->
            switch (node.op()) {
              case Op.Loop loop -> of(loop.body(), (long) ((double) rounds * Cost.rounds(loop)));
              case Op.If(Graph then, Graph otherwise) ->
                  longer(of(then, rounds).toList(), of(otherwise, rounds).toList());
              case Op _ -> of(graph, node).map(cost -> cost.times(rounds));
            });
  }

  private static Stream<LayerCost> longer(List<LayerCost> first, List<LayerCost> second) {
    return (micros(first) >= micros(second) ? first : second).stream();
  }

  private static double micros(List<LayerCost> layers) {
    return layers.stream().mapToDouble(LayerCost::predictedMicros).sum();
  }

  private Stream<LayerCost> of(Graph graph, Node node) {
    return working.contains(node.name()) ? Stream.of(of(graph, node, roofline)) : Stream.empty();
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
        .filter(value -> value.shape().hasCapacity())
        .mapToLong(value -> value.type().capacityBytes())
        .sum();
  }
}
