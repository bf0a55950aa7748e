package io.edgewright.compiler.graph;

import io.edgewright.compiler.tensor.ElementType;
import java.util.List;

/// Checks that an expression is well typed: nothing is converted silently.
final class ExpressionTypes {
  private ExpressionTypes() {}

  /// Element type of the result.
  ///
  /// @throws OperandException when arguments of a function do not fit it or each other
  static ElementType infer(Expression expression, List<ElementType> inputs) {
    return switch (expression) {
      case Expression.Input(int index) -> input(index, inputs);
      case Expression.Real(ElementType type, double _) ->
          require(type.isFloat(), type, "a floating-point constant", type);
      case Expression.Whole(ElementType type, long _) ->
          require(!type.isFloat(), type, "an integer constant", type);
      case Expression.Convert(ElementType to, Expression argument) -> {
        infer(argument, inputs);
        yield to;
      }
      case Expression.Apply(ScalarFunction function, List<Expression> arguments) ->
          apply(function, arguments.stream().map(argument -> infer(argument, inputs)).toList());
    };
  }

  private static ElementType input(int index, List<ElementType> inputs) {
    if (index < 0 || index >= inputs.size()) {
      throw OperandException.shape(
          "an expression reading input " + index, inputs.size() + " inputs");
    }
    return inputs.get(index);
  }

  private static ElementType apply(ScalarFunction function, List<ElementType> arguments) {
    if (function == ScalarFunction.SELECT) {
      require(arguments.getFirst() == ElementType.BOOL, function, "bool as condition", arguments);
    }
    List<ElementType> alike =
        function == ScalarFunction.SELECT ? arguments.subList(1, 3) : arguments;
    ElementType type = alike.getFirst();
    require(alike.stream().allMatch(type::equals), function, "operands of one type", arguments);
    require(accepts(function, type), function, "another element type", arguments);
    return function.isPredicate() ? ElementType.BOOL : type;
  }

  private static boolean accepts(ScalarFunction function, ElementType type) {
    return switch (function) {
      case EQUAL, SELECT -> true;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, REMAINDER, POWER, MINIMUM, MAXIMUM ->
          type != ElementType.BOOL;
      case NEGATE, ABSOLUTE, SIGN, LESS, LESS_OR_EQUAL -> type != ElementType.BOOL;
      case RECIPROCAL, SQUARE_ROOT, EXP, LOG, ERF, SIGMOID -> type.isFloat();
      case SIN, COS, TAN, ASIN, ACOS, ATAN -> type.isFloat();
      case SINH, COSH, TANH, ASINH, ACOSH, ATANH -> type.isFloat();
      case FLOOR, CEIL, ROUND -> type.isFloat();
      case IS_NAN, IS_POSITIVE_INFINITY, IS_NEGATIVE_INFINITY -> type.isFloat();
      case AND, OR, XOR, NOT -> type == ElementType.BOOL;
      case BIT_AND, BIT_OR, BIT_XOR, BIT_NOT, SHIFT_LEFT, SHIFT_RIGHT -> type.isInteger();
    };
  }

  private static <T> T require(boolean condition, T result, String allowed, Object seen) {
    if (!condition) {
      throw OperandException.type(result + " of " + seen, allowed);
    }
    return result;
  }
}
