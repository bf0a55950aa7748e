package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `y = f(constants)` -> a constant: what the importer left because another pass might have made
/// better use of it, such as quantized weights. Not where y is an output of the graph, where only a
/// run knows its extents, or where it is much larger than what it is made of.
final class FoldConstants {
  /// Bytes become numbers of up to 64 bits.
  private static final long MOST_GROWTH = 8;

  private FoldConstants() {}

  static Graph rewrite(Graph graph) {
    Sweep sweep = new Sweep(graph);
    Set<Value> outputs = new HashSet<>(graph.outputs());
    Map<Value, Value> folded = new HashMap<>();
    for (Node node : graph.nodes()) {
      List<Value> inputs =
          node.inputs().stream().map(input -> folded.getOrDefault(input, input)).toList();
      List<Tensor> tensors =
          inputs.stream().map(sweep::constant).flatMap(Optional::stream).toList();
      if (tensors.size() == inputs.size()
          && node.outputs().stream().noneMatch(outputs::contains)
          && isWorthIt(node, tensors)) {
        List<Tensor> made = Interpreter.run(node.op(), tensors);
        for (int i = 0; i < made.size(); i++) {
          Value output = node.outputs().get(i);
          folded.put(output, sweep.addConstant(output.name(), made.get(i)));
        }
      } else {
        sweep.write(new Node(node.name(), node.op(), inputs, node.outputs()));
      }
    }
    return RemoveDeadNodes.rewrite(sweep.finish());
  }

  private static boolean isWorthIt(Node node, List<Tensor> inputs) {
    long given = inputs.stream().mapToLong(tensor -> tensor.type().bytes()).sum();
    return node.outputs().stream().allMatch(output -> output.shape().isFixed())
        && node.outputs().stream().mapToLong(output -> output.type().bytes()).sum()
            <= MOST_GROWTH * given;
  }
}
