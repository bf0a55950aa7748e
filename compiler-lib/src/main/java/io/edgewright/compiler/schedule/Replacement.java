package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whether a new value may be written where an old one lies: nothing may read the old one when, or
/// after, the first part of the new one is written.
final class Replacement {
  private Replacement() {}

  static boolean isSafe(Graph graph, Value old, Value made) {
    Set<Value> aliases = new HashSet<>(List.of(old));
    int lastRead = -1;
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      if (node.inputs().stream().anyMatch(aliases::contains)) {
        lastRead = i;
        if (ViewOps.isViewOp(node.op())) {
          aliases.addAll(node.outputs());
        }
      }
    }
    return graph.outputs().stream().noneMatch(aliases::contains)
        && lastRead < firstWrite(graph, made);
  }

  /// The first node that makes the value or a part of it.
  private static int firstWrite(Graph graph, Value made) {
    Set<Value> parts = new HashSet<>(List.of(made));
    int first = graph.nodes().size();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (node.outputs().stream().anyMatch(parts::contains)) {
        first = i;
        if (ViewOps.isViewOp(node.op()) || node.op() instanceof Op.Concat) {
          parts.addAll(node.inputs());
        }
      }
    }
    return first;
  }
}
