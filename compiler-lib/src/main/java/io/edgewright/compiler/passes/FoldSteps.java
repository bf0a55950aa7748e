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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// `y = Map round(f(s * scale) / step)` -> `y = Map round(f'(s * (scale / step)))` where s are sums
/// of products, step is a positive number, and f adds constants or takes the larger or smaller of
/// something: one multiplication instead of one and a division. A number halfway between two steps
/// may go to the other one. Not where s are bytes: of so few numbers, many can lie halfway.
final class FoldSteps {
  private final Sweep sweep;
  private final Node map;
  private final List<Value> inputs;
  private boolean changed;

  private FoldSteps(Sweep sweep, Node map) {
    this.sweep = sweep;
    this.map = map;
    this.inputs = new ArrayList<>(map.inputs());
  }

  static Graph rewrite(Graph graph) {
    Sweep sweep = new Sweep(graph);
    for (Node node : graph.nodes()) {
      boolean sums =
          node.inputs().stream().anyMatch(input -> input.type().element() == ElementType.INT32);
      sweep.write(
          node.op() instanceof Op.Map(Expression expression) && sums
              ? new FoldSteps(sweep, node).fold(expression)
              : node);
    }
    return RemoveDeadNodes.rewrite(sweep.finish());
  }

  private Node fold(Expression expression) {
    Expression folded = quotients(expression);
    return changed ? new Node(map.name(), new Op.Map(folded), inputs, map.outputs()) : map;
  }

  /// The expression with every quotient replaced that can be.
  private Expression quotients(Expression expression) {
    return switch (expression) {
      case Expression.Apply(ScalarFunction function, List<Expression> arguments)
          when function == ScalarFunction.DIVIDE
              && arguments.get(1) instanceof Expression.Real(var _, double step)
              && step > 0
              && step < Double.POSITIVE_INFINITY -> {
        Optional<Expression> divided = divided(arguments.getFirst(), step);
        changed |= divided.isPresent();
        yield divided.orElse(expression);
      }
      case Expression.Apply(ScalarFunction function, List<Expression> arguments) ->
          new Expression.Apply(function, arguments.stream().map(this::quotients).toList());
      case Expression.Convert(ElementType to, Expression argument) ->
          new Expression.Convert(to, quotients(argument));
      case Expression.Input _, Expression.Real _, Expression.Whole _ -> expression;
    };
  }

  /// A float expression divided by a number, where that costs nothing.
  private Optional<Expression> divided(Expression expression, double step) {
    return switch (expression) {
      case Expression.Real(ElementType type, double value) ->
          Optional.of(new Expression.Real(type, (float) (value / step)));
      case Expression.Input(int index) -> dividedConstant(index, step);
      case Expression.Convert(ElementType to, Expression argument) when isFloat32(argument) ->
          divided(argument, step).map(quotient -> new Expression.Convert(to, quotient));
      case Expression.Apply(ScalarFunction function, List<Expression> arguments)
          when function == ScalarFunction.MULTIPLY ->
          divided(arguments.get(1), step)
              .map(factor -> rounded(arguments.getFirst(), factor))
              .or(() ->
                  divided(arguments.getFirst(), step)
                      .map(factor -> rounded(arguments.get(1), factor)));
      case Expression.Apply(ScalarFunction function, List<Expression> arguments)
          when isHomogeneous(function) ->
          divided(arguments.getFirst(), step)
              .flatMap(left ->
                  divided(arguments.get(1), step)
                      .map(right -> Expression.apply(function, left, right)));
      case Expression _ -> Optional.empty();
    };
  }

  /// The product as float32 has it, in the reference too.
  private static Expression rounded(Expression left, Expression right) {
    return new Expression.Convert(
        ElementType.FLOAT32, Expression.apply(ScalarFunction.MULTIPLY, left, right));
  }

  private static boolean isHomogeneous(ScalarFunction function) {
    return function == ScalarFunction.MAXIMUM
        || function == ScalarFunction.MINIMUM
        || function == ScalarFunction.ADD
        || function == ScalarFunction.SUBTRACT;
  }

  private boolean isFloat32(Expression expression) {
    return expression.type(map.inputs().stream().map(input -> input.type().element()).toList())
        == ElementType.FLOAT32;
  }

  private Optional<Expression> dividedConstant(int index, double step) {
    Value input = map.input(index);
    return sweep
        .constant(input)
        .filter(tensor -> tensor.element() == ElementType.FLOAT32)
        .map(tensor -> {
          double[] divided = Arrays.stream(tensor.toDoubles()).map(n -> n / step).toArray();
          Tensor quotients = Tensor.ofDoubles(ElementType.FLOAT32, tensor.shape(), divided);
          inputs.add(sweep.addConstant(input.name(), quotients));
          return new Expression.Input(inputs.size() - 1);
        });
  }
}
