package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// `s = Convolution(x); y = Map f(s, r)` -> `y = Convolution(x, r)` with f as its epilogue: bias,
/// activation and residual cost nothing once the sum is in a register. The same for MatrixMultiply.
/// Not where somebody else reads s, where f broadcasts s, or where s or something else that is read
/// is neither float32 nor the sum of integers. Of two convolutions that meet in one Map the later
/// takes it, since the other's result is there by then.
final class FuseEpilogues {
  private FuseEpilogues() {}

  static Graph rewrite(Graph graph) {
    Sweep sweep = new Sweep(graph);
    graph.nodes().forEach(node -> sweep.write(fuse(sweep, node).orElse(node)));
    return sweep.finish();
  }

  private static Optional<Node> fuse(Sweep sweep, Node map) {
    if (!(map.op() instanceof Op.Map(Expression expression))) {
      return Optional.empty();
    }
    return map.inputs().stream()
        .filter(input -> input.shape().equals(map.output().shape()))
        .flatMap(input -> sweep.soleProducer(input).stream())
        .filter(node -> epilogue(node.op()).isPresent())
        .filter(node -> isFloat32(map) || sumsIntegers(node))
        .max(Comparator.comparingInt(sweep::position))
        .map(sum -> {
          sweep.takeBack(sum);
          return fuse(map, expression, sum);
        });
  }

  private static boolean sumsIntegers(Node node) {
    return node.input(0).type().element().isInteger();
  }

  private static boolean isFloat32(Node map) {
    return map.output().type().element() == ElementType.FLOAT32
        && map.inputs().stream().allMatch(in -> in.type().element() == ElementType.FLOAT32);
  }

  private static Node fuse(Node map, Expression expression, Node sum) {
    int fixed = fixedInputs(sum.op());
    List<Value> inputs = new ArrayList<>(sum.inputs());
    Expression fused =
        expression.substitute(index -> {
          Value read = map.input(index);
          if (read.equals(sum.output())) {
            return epilogue(sum.op()).orElseThrow();
          }
          int known = inputs.subList(fixed, inputs.size()).indexOf(read);
          if (known < 0) {
            inputs.add(read);
          }
          int extra = known < 0 ? inputs.size() - 1 - fixed : known;
          return new Expression.Input(1 + extra);
        });
    return new Node(sum.name(), withEpilogue(sum.op(), fused), inputs, map.outputs());
  }

  private static Optional<Expression> epilogue(Op op) {
    return switch (op) {
      case Op.Convolution convolution -> Optional.of(convolution.epilogue());
      case Op.MatrixMultiply product -> Optional.of(product.epilogue());
      case Op _ -> Optional.empty();
    };
  }

  /// Inputs before the epilogue's.
  private static int fixedInputs(Op op) {
    return op instanceof Op.Convolution ? 3 : 2;
  }

  private static Op withEpilogue(Op op, Expression epilogue) {
    return op instanceof Op.Convolution convolution
        ? convolution.withEpilogue(epilogue)
        : new Op.MatrixMultiply(epilogue);
  }
}
