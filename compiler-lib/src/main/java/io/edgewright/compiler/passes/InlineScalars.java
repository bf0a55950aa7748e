package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// `Map f(x, c)` with a constant c of one element -> `Map f'(x)` with the number in the expression;
/// `x^2` and `x^3` -> products.
///
/// Only finite float32: integers of 64 bits do not fit into an expression's number. Not where no
/// other input has the shape of the result.
final class InlineScalars {
  private InlineScalars() {}

  static Graph rewrite(Graph graph) {
    Sweep sweep = new Sweep(graph);
    for (Node node : graph.nodes()) {
      sweep.write(node.op() instanceof Op.Map(Expression tree) ? inline(sweep, node, tree) : node);
    }
    return sweep.finish();
  }

  private static Node inline(Sweep sweep, Node node, Expression tree) {
    List<Value> kept = new ArrayList<>();
    List<Expression> replacements = new ArrayList<>();
    for (Value input : node.inputs()) {
      OptionalDouble number = number(sweep.constant(input));
      if (number.isPresent()) {
        replacements.add(new Expression.Real(ElementType.FLOAT32, number.getAsDouble()));
      } else {
        replacements.add(new Expression.Input(kept.size()));
        kept.add(input);
      }
    }
    return kept.stream().anyMatch(input -> input.shape().equals(node.output().shape()))
        ? new Node(
            node.name(),
            new Op.Map(withoutPowers(tree.substitute(replacements::get))),
            kept,
            node.outputs())
        : node;
  }

  private static OptionalDouble number(Optional<Tensor> constant) {
    return constant
        .filter(tensor -> tensor.element() == ElementType.FLOAT32 && tensor.size() == 1)
        .map(tensor -> tensor.getDouble(0))
        .filter(Double::isFinite)
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  private static Expression withoutPowers(Expression tree) {
    return switch (tree) {
      case Expression.Input _, Expression.Real _, Expression.Whole _ -> tree;
      case Expression.Convert(ElementType to, Expression argument) ->
          new Expression.Convert(to, withoutPowers(argument));
      case Expression.Apply(ScalarFunction function, List<Expression> arguments) -> {
        List<Expression> simpler = arguments.stream().map(InlineScalars::withoutPowers).toList();
        boolean power =
            function == ScalarFunction.POWER
                && simpler.getLast() instanceof Expression.Real(var _, double exponent)
                && (exponent == 2 || exponent == 3);
        yield power ? product(simpler) : new Expression.Apply(function, simpler);
      }
    };
  }

  /// `x^2` or `x^3`; equal parts of an expression are computed once.
  private static Expression product(List<Expression> power) {
    Expression base = power.getFirst();
    Expression square = Expression.apply(ScalarFunction.MULTIPLY, base, base);
    return power.getLast().equals(new Expression.Real(ElementType.FLOAT32, 2))
        ? square
        : Expression.apply(ScalarFunction.MULTIPLY, square, base);
  }
}
