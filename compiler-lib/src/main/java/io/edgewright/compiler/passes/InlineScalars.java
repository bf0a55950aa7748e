package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Broadcast;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `y = Map f(x, c)` where c is a constant of one element -> `y = Map f(x)` with the number in f;
/// `x^2` and `x^3` -> products. Not where c alone gives y its shape, nor for integers of 64 bits,
/// which a number in f does not hold.
final class InlineScalars {
  private InlineScalars() {}

  static Graph rewrite(Graph graph) {
    Sweep sweep = new Sweep(graph);
    graph.nodes().forEach(node -> sweep.write(inline(sweep, node)));
    return RemoveDeadNodes.rewrite(sweep.finish());
  }

  private static Node inline(Sweep sweep, Node node) {
    if (!(node.op() instanceof Op.Map(Expression expression))) {
      return node;
    }
    List<Value> kept =
        node.inputs().stream().filter(input -> number(sweep, input).isEmpty()).toList();
    List<Shape> shapes = kept.stream().map(Value::shape).toList();
    if (kept.size() == node.inputs().size()
        || kept.isEmpty()
        || !Broadcast.of(shapes).equals(node.output().shape())) {
      return node;
    }
    List<Value> inputs = new ArrayList<>();
    Expression inlined =
        expression.substitute(index -> {
          Value read = node.input(index);
          Optional<Expression> number = number(sweep, read);
          if (number.isPresent()) {
            return number.get();
          }
          if (!inputs.contains(read)) {
            inputs.add(read);
          }
          return new Expression.Input(inputs.indexOf(read));
        });
    return inputs.isEmpty()
        ? node
        : new Node(
            node.name(), new Op.Map(withoutPowers(converted(inlined))), inputs, node.outputs());
  }

  /// Numbers in the type that they are used in, where that type holds them.
  private static Expression converted(Expression expression) {
    return switch (expression) {
      case Expression.Convert(ElementType to, Expression argument) -> {
        Expression inner = converted(argument);
        yield switch (inner) {
          case Expression.Real(ElementType type, double value) when type == to ->
              new Expression.Real(to, value);
          case Expression.Whole(ElementType type, long value)
              when type.bytes() == 1 && type != ElementType.BOOL && !to.isByte() ->
              Expression.constant(to, (double) value);
          case Expression _ -> new Expression.Convert(to, inner);
        };
      }
      case Expression.Apply(ScalarFunction function, List<Expression> arguments) ->
          new Expression.Apply(function, arguments.stream().map(InlineScalars::converted).toList());
      case Expression.Input _, Expression.Real _, Expression.Whole _ -> expression;
    };
  }

  private static Optional<Expression> number(Sweep sweep, Value input) {
    return sweep
        .constant(input)
        .filter(tensor -> tensor.size() == 1)
        .filter(tensor -> tensor.element().isFloat() || tensor.element().bytes() < Long.BYTES)
        .filter(tensor -> Double.isFinite(tensor.getDouble(0)))
        .map(InlineScalars::number);
  }

  private static Expression number(Tensor tensor) {
    return Expression.constant(tensor.element(), tensor.getDouble(0));
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
    return power.getLast() instanceof Expression.Real(var _, double exponent) && exponent == 2
        ? square
        : Expression.apply(ScalarFunction.MULTIPLY, square, base);
  }
}
