package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.tensor.ElementType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/// Writes an expression tree for one vector of elements. Parts that occur twice are computed once.
final class ExpressionLowering {
  /// Functions that C has an operator for; integers wrap and divide by rules of their own.
  private static final Map<ScalarFunction, Expr.Operator> ARITHMETIC =
      Map.of(
          ScalarFunction.ADD, Expr.Operator.ADD,
          ScalarFunction.SUBTRACT, Expr.Operator.SUBTRACT,
          ScalarFunction.MULTIPLY, Expr.Operator.MULTIPLY,
          ScalarFunction.DIVIDE, Expr.Operator.DIVIDE);

  private final LoopBuilder builder;
  private final int lanes;
  private final IntFunction<Expr> inputs;
  private final Map<Expression, Expr> done = new HashMap<>();

  private ExpressionLowering(LoopBuilder builder, int lanes, IntFunction<Expr> inputs) {
    this.builder = builder;
    this.lanes = lanes;
    this.inputs = inputs;
  }

  /// @param inputs the vector for each input of the expression; asked once for each that occurs
  static Expr lower(
      LoopBuilder builder, Expression expression, int lanes, IntFunction<Expr> inputs) {
    return new ExpressionLowering(builder, lanes, inputs).lower(expression);
  }

  private Expr lower(Expression expression) {
    Expr known = done.get(expression);
    if (known != null) {
      return known;
    }
    Expr value =
        switch (expression) {
          case Expression.Input(int index) -> named(inputs.apply(index));
          case Expression.Real(ElementType type, double number) -> constant(type, number);
          case Expression.Whole(ElementType type, long number) -> constant(type, (double) number);
          case Expression.Convert(ElementType to, Expression argument) -> {
            Expr converted = Arithmetic.convert(lower(argument), to);
            yield converted instanceof Expr.Call ? builder.let("v", converted) : converted;
          }
          case Expression.Apply(ScalarFunction function, List<Expression> arguments) ->
              builder.let("v", apply(function, arguments.stream().map(this::lower).toList()));
        };
    done.put(expression, value);
    return value;
  }

  private Expr named(Expr input) {
    return input instanceof Expr.Var ? input : builder.let("v", input);
  }

  private Expr constant(ElementType type, double number) {
    return new Expr.Constant(new VectorType(type, lanes), number);
  }

  private Expr apply(ScalarFunction function, List<Expr> operands) {
    List<Expr> arguments = constantFirst(function, operands);
    VectorType type =
        function.isPredicate()
            ? new VectorType(ElementType.BOOL, lanes)
            : arguments.getLast().type();
    return ARITHMETIC.containsKey(function) && type.element().isFloat()
        ? new Expr.Binary(ARITHMETIC.get(function), arguments.get(0), arguments.get(1))
        : new Expr.Call(function.name().toLowerCase(Locale.ROOT), arguments, type);
  }

  /// With a constant first, minimum and maximum are one instruction on x86 (see the prelude).
  private static List<Expr> constantFirst(ScalarFunction function, List<Expr> operands) {
    boolean swaps =
        (function == ScalarFunction.MINIMUM || function == ScalarFunction.MAXIMUM)
            && operands.getLast() instanceof Expr.Constant;
    return swaps ? operands.reversed() : operands;
  }
}
