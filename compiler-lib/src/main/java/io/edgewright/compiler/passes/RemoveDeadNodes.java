package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `y = f(x)` where nobody reads y -> nothing; likewise constants.
final class RemoveDeadNodes {
  private RemoveDeadNodes() {}

  static Graph rewrite(Graph graph) {
    Set<Value> read = new HashSet<>(graph.outputs());
    List<Node> kept = new ArrayList<>();
    for (Node node : graph.nodes().reversed()) {
      if (node.outputs().stream().anyMatch(read::contains)) {
        kept.add(node);
        read.addAll(node.inputs());
      }
    }
    Map<Value, Tensor> constants = new LinkedHashMap<>(graph.constants());
    constants.keySet().retainAll(read);
    return new Graph(graph.inputs(), graph.outputs(), constants, kept.reversed());
  }
}
