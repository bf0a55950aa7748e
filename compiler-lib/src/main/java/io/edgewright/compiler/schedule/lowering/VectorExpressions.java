package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.tensor.ElementType;
import java.util.List;
import java.util.Set;

/// Which expressions can be computed for a vector of elements at once: everything in float32, sums,
/// products and bounds of 32-bit integers, and conversions between those and bytes.
final class VectorExpressions {
  private static final Set<ScalarFunction> OF_INTEGERS =
      Set.of(
          ScalarFunction.ADD,
          ScalarFunction.SUBTRACT,
          ScalarFunction.MULTIPLY,
          ScalarFunction.MINIMUM,
          ScalarFunction.MAXIMUM);

  private VectorExpressions() {}

  static boolean accept(Expression expression, List<ElementType> inputs) {
    ElementType type = expression.type(inputs);
    boolean known =
        switch (type) {
          case FLOAT32, INT32, INT8, UINT8 -> true;
          case BOOL -> !(expression instanceof Expression.Input);
          case UINT16, INT16, INT64, FLOAT16, FLOAT64, UINT32, UINT64 -> false;
        };
    return known
        && switch (expression) {
          case Expression.Input _, Expression.Real _ -> true;
          case Expression.Whole _ -> type == ElementType.INT32;
          case Expression.Convert(ElementType to, Expression argument) ->
              accept(argument, inputs) && converts(argument.type(inputs), to, argument);
          case Expression.Apply(ScalarFunction function, List<Expression> arguments) ->
              arguments.stream().allMatch(argument -> accept(argument, inputs))
                  && (arguments.stream().allMatch(argument -> isReal(argument.type(inputs)))
                      || (type == ElementType.INT32 && OF_INTEGERS.contains(function)));
        };
  }

  private static boolean isReal(ElementType type) {
    return type == ElementType.FLOAT32 || type == ElementType.BOOL;
  }

  /// Floats become integers only where they are bounded: beyond its bounds a vector's conversion is
  /// not that of a single number.
  private static boolean converts(ElementType from, ElementType to, Expression argument) {
    if (from == ElementType.BOOL || to == ElementType.BOOL) {
      return false;
    }
    return to.isFloat() || !from.isFloat() || isBounded(argument);
  }

  private static boolean isBounded(Expression expression) {
    return expression instanceof Expression.Apply(var outer, List<Expression> upper)
        && outer == ScalarFunction.MINIMUM
        && upper.get(1) instanceof Expression.Real
        && upper.get(0) instanceof Expression.Apply(var inner, List<Expression> lower)
        && inner == ScalarFunction.MAXIMUM
        && lower.get(1) instanceof Expression.Real;
  }
}
