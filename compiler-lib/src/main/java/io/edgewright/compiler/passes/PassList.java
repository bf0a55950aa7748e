package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphChecks;
import java.util.List;
import java.util.stream.Stream;

/// The passes that every network goes through, in order.
public final class PassList {
  private PassList() {}

  /// All passes, first to last.
  public static List<Pass> standard() {
    Pass last = new Pass("CutIntoStripes", CutIntoStripes::rewrite);
    return Stream.concat(keepingLayers().stream(), Stream.of(last)).toList();
  }

  private static List<Pass> keepingLayers() {
    return List.of(
        new Pass("RemoveIdentities", RemoveIdentities::rewrite),
        new Pass("SinkDequantizations", SinkDequantizations::rewrite),
        new Pass("MultiplyBytes", MultiplyBytes::rewrite),
        new Pass("FoldConstants", FoldConstants::rewrite),
        new Pass("FoldScales", FoldScales::rewrite),
        new Pass("InlineScalars", InlineScalars::rewrite),
        new Pass("FuseMaps", FuseMaps::rewrite),
        new Pass("RemoveIdentities", RemoveIdentities::rewrite),
        new Pass("FusePads", FusePads::rewrite),
        new Pass("FoldSteps", FoldSteps::rewrite),
        new Pass("FuseEpilogues", FuseEpilogues::rewrite),
        new Pass("RemoveDeadNodes", RemoveDeadNodes::rewrite));
  }

  /// Runs all passes and checks the graph after each; then so for the graphs inside of nodes.
  ///
  /// @throws IllegalStateException naming the pass after which the graph was wrong
  public static Graph run(Graph graph) {
    return run(graph, standard());
  }

  /// The same without cutting layers into pieces: for who looks at the result of each.
  public static Graph runKeepingLayers(Graph graph) {
    return run(graph, keepingLayers());
  }

  static Graph run(Graph graph, List<Pass> passes) {
    Graph current = graph;
    for (Pass pass : passes) {
      current = pass.rewrite().apply(current);
      try {
        GraphChecks.verify(current);
      } catch (RuntimeException e) {
        throw new IllegalStateException("pass " + pass.name() + " broke the graph", e);
      }
    }
    return new Graph(
        current.inputs(),
        current.outputs(),
        current.constants(),
        current.nodes().stream()
            .map(node ->
                node.op().bodies().isEmpty()
                    ? node
                    : node.withOp(node.op().mapBodies(body -> run(body, passes))))
            .toList());
  }
}
