package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// `y = identity(x); z = f(y)` -> `z = f(x)`, for operators that change nothing: a Map of its input
/// alone or one that gives every byte back, a Transpose in order, a Reshape, Slice or Expand to the
/// same shape, a Concat of one. Not where y is an output of the graph: an output keeps its name and
/// its memory.
final class RemoveIdentities {
  private RemoveIdentities() {}

  static Graph rewrite(Graph graph) {
    Sweep sweep = new Sweep(graph);
    Set<Value> outputs = new HashSet<>(graph.outputs());
    Map<Value, Value> same = new HashMap<>();
    for (Node node : graph.nodes()) {
      List<Value> inputs =
          node.inputs().stream().map(input -> same.getOrDefault(input, input)).toList();
      if (isIdentity(node) && !outputs.contains(node.output())) {
        same.put(node.output(), inputs.getFirst());
      } else {
        sweep.write(new Node(node.name(), node.op(), inputs, node.outputs()));
      }
    }
    return sweep.finish();
  }

  private static boolean keepsEveryByte(Op map, Node node) {
    Tensor all = Bytes.all(node.output().type().element());
    return Interpreter.run(map, List.of(all)).getFirst().equals(all);
  }

  private static boolean isIdentity(Node node) {
    if (node.inputs().size() != 1
        || node.outputs().size() != 1
        || !node.output().type().equals(node.input(0).type())) {
      return false;
    }
    return switch (node.op()) {
      case Op.Map(Expression expression) ->
          expression.equals(Expression.identity())
              || (node.output().type().element().isByte() && keepsEveryByte(node.op(), node));
      case Op.Transpose(List<Integer> order) ->
          order.equals(IntStream.range(0, order.size()).boxed().toList());
      case Op.Slice(var _, var _, List<Long> steps) -> steps.stream().allMatch(step -> step > 0);
      case Op.Reshape _, Op.Expand _, Op.Concat _ -> true;
      case Op _ -> false;
    };
  }
}
