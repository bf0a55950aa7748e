package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `t = Map f(x, ...); y = Map g(t, ...)` -> `y = Map g(f(x, ...), ...)`: one walk over memory. Not
/// where somebody else reads t, nor where t is broadcast (f would be computed more often).
final class FuseMaps {
  /// Past this many inputs a loop runs out of registers for their addresses.
  private static final int MOST_INPUTS = 8;

  private FuseMaps() {}

  static Graph rewrite(Graph graph) {
    Sweep sweep = new Sweep(graph);
    for (Node node : graph.nodes()) {
      Node current = node;
      Optional<Node> fused = fuseOne(sweep, current);
      while (fused.isPresent()) {
        current = fused.get();
        fused = fuseOne(sweep, current);
      }
      sweep.write(current);
    }
    return sweep.finish();
  }

  private static Optional<Node> fuseOne(Sweep sweep, Node outer) {
    if (!(outer.op() instanceof Op.Map(Expression expression))) {
      return Optional.empty();
    }
    for (Value input : outer.inputs()) {
      Optional<Node> inner =
          sweep
              .soleProducer(input)
              .filter(node -> node.op() instanceof Op.Map)
              .filter(node -> input.shape().equals(outer.output().shape()))
              .filter(node -> node.inputs().size() + outer.inputs().size() <= MOST_INPUTS + 1);
      if (inner.isPresent() && inner.get().op() instanceof Op.Map(Expression argument)) {
        sweep.takeBack(inner.get());
        return Optional.of(fuse(outer, expression, inner.get(), argument));
      }
    }
    return Optional.empty();
  }

  private static Node fuse(Node outer, Expression expression, Node inner, Expression argument) {
    Operands operands = new Operands();
    Expression fused =
        expression.substitute(index -> {
          Value read = outer.input(index);
          return read.equals(inner.output())
              ? argument.substitute(i -> operands.input(inner.input(i)))
              : operands.input(read);
        });
    return new Node(outer.name(), new Op.Map(fused), operands.values, outer.outputs());
  }

  /// Inputs of the node being made, each listed once.
  private static final class Operands {
    private final List<Value> values = new ArrayList<>();
    private final Map<Value, Integer> indices = new HashMap<>();

    Expression input(Value value) {
      return new Expression.Input(
          indices.computeIfAbsent(
              value,
              fresh -> {
                values.add(fresh);
                return values.size() - 1;
              }));
    }
  }
}
