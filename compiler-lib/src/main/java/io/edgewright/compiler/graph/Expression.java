package io.edgewright.compiler.graph;

import io.edgewright.compiler.tensor.ElementType;
import java.util.List;
import java.util.function.IntFunction;

/// Arithmetic on single elements, as a tree. Types are exact: both sides of an `Apply` have the
/// same element type, changes of type are written as `Convert`.
public sealed interface Expression {
  /// Element of the input `index`, broadcast to the output's shape. In the epilogue of a
  /// convolution or matrix product input 0 is the sum itself and the others are the node's extra
  /// inputs.
  record Input(int index) implements Expression {}

  /// A floating-point constant.
  record Real(ElementType type, double value) implements Expression {}

  /// An integer or bool constant.
  record Whole(ElementType type, long value) implements Expression {}

  record Apply(ScalarFunction function, List<Expression> arguments) implements Expression {
    public Apply {
      arguments = List.copyOf(arguments);
      if (arguments.size() != function.arity()) {
        throw new IllegalArgumentException(
            function + " takes " + function.arity() + " arguments, got " + arguments.size());
      }
    }
  }

  /// Conversion as ONNX Cast defines it (floats to integers truncate).
  record Convert(ElementType to, Expression argument) implements Expression {}

  /// The first input unchanged: the epilogue that does nothing.
  static Expression identity() {
    return new Input(0);
  }

  static Expression apply(ScalarFunction function, Expression... arguments) {
    return new Apply(function, List.of(arguments));
  }

  /// A constant of any element type.
  static Expression constant(ElementType type, double value) {
    return type.isFloat() ? new Real(type, value) : new Whole(type, (long) value);
  }

  /// Element type of the result, given those of the inputs.
  default ElementType type(List<ElementType> inputs) {
    return switch (this) {
      case Input(int index) -> inputs.get(index);
      case Real(ElementType type, double _) -> type;
      case Whole(ElementType type, long _) -> type;
      case Convert(ElementType to, Expression _) -> to;
      case Apply(ScalarFunction function, List<Expression> arguments) ->
          function.isPredicate() ? ElementType.BOOL : arguments.getLast().type(inputs);
    };
  }

  /// The same tree with every input replaced.
  default Expression substitute(IntFunction<Expression> replacement) {
    return switch (this) {
      case Input(int index) -> replacement.apply(index);
      case Real real -> real;
      case Whole whole -> whole;
      case Convert(ElementType to, Expression argument) ->
          new Convert(to, argument.substitute(replacement));
      case Apply(ScalarFunction function, List<Expression> arguments) ->
          new Apply(
              function,
              arguments.stream().map(argument -> argument.substitute(replacement)).toList());
    };
  }

  /// Number of function applications, a measure of the work per element.
  default int operations() {
    return switch (this) {
      case Input _, Real _, Whole _ -> 0;
      case Convert(ElementType _, Expression argument) -> 1 + argument.operations();
      case Apply(ScalarFunction _, List<Expression> arguments) ->
          1 + arguments.stream().mapToInt(Expression::operations).sum();
    };
  }
}
