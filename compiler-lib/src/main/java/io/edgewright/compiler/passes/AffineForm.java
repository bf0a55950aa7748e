package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/// `scale[c] * x + shift[c]`, with constants for each channel (axis 1) of x.
final class AffineForm {
  private final double[] scale;
  private final double[] shift;

  private AffineForm(double[] scale, double[] shift) {
    this.scale = scale;
    this.shift = shift;
  }

  double scale(int channel) {
    return scale[channel];
  }

  double shift(int channel) {
    return shift[channel];
  }

  private boolean isConstant() {
    return IntStream.range(0, scale.length).allMatch(channel -> scale[channel] == 0);
  }

  /// The affine form of an expression in one of its node's inputs, if it has one.
  static Optional<AffineForm> of(Expression expression, Node map, Value variable, Sweep sweep) {
    int channels = Math.toIntExact(variable.shape().extent(1));
    return switch (expression) {
      case Expression.Input(int index) when map.input(index).equals(variable) ->
          Optional.of(new AffineForm(filled(channels, 1), filled(channels, 0)));
      case Expression.Input(int index) ->
          sweep
              .constant(map.input(index))
              .flatMap(tensor -> perChannel(tensor, variable))
              .map(values -> new AffineForm(filled(channels, 0), values));
      case Expression.Real(var _, double value) ->
          Optional.of(new AffineForm(filled(channels, 0), filled(channels, value)));
      case Expression.Apply(ScalarFunction function, List<Expression> arguments)
          when arguments.size() == 2 ->
          of(arguments.get(0), map, variable, sweep)
              .flatMap(left ->
                  of(arguments.get(1), map, variable, sweep)
                      .flatMap(right -> combine(function, left, right)));
      case Expression _ -> Optional.empty();
    };
  }

  private static Optional<AffineForm> combine(
      ScalarFunction function, AffineForm left, AffineForm right) {
    if (function == ScalarFunction.ADD) {
      return Optional.of(
          new AffineForm(
              each(left.scale, right.scale, Double::sum),
              each(left.shift, right.shift, Double::sum)));
    }
    if (function == ScalarFunction.SUBTRACT) {
      return Optional.of(
          new AffineForm(
              each(left.scale, right.scale, (a, b) -> a - b),
              each(left.shift, right.shift, (a, b) -> a - b)));
    }
    if (function == ScalarFunction.MULTIPLY && (left.isConstant() || right.isConstant())) {
      AffineForm factor = left.isConstant() ? left : right;
      AffineForm other = left.isConstant() ? right : left;
      return Optional.of(
          new AffineForm(
              each(other.scale, factor.shift, (a, b) -> a * b),
              each(other.shift, factor.shift, (a, b) -> a * b)));
    }
    if (function == ScalarFunction.DIVIDE && right.isConstant()) {
      return Optional.of(
          new AffineForm(
              each(left.scale, right.shift, (a, b) -> a / b),
              each(left.shift, right.shift, (a, b) -> a / b)));
    }
    return Optional.empty();
  }

  private static double[] each(double[] left, double[] right, DoubleBinaryOperator operator) {
    return IntStream.range(0, left.length)
        .mapToDouble(c -> operator.applyAsDouble(left[c], right[c]))
        .toArray();
  }

  /// A constant with one element, or one for each channel, as one number a channel.
  private static Optional<double[]> perChannel(Tensor tensor, Value variable) {
    int channels = Math.toIntExact(variable.shape().extent(1));
    if (tensor.size() == 1) {
      return Optional.of(filled(channels, tensor.getDouble(0)));
    }
    int axis = tensor.shape().rank() - (variable.shape().rank() - 1);
    boolean matches =
        tensor.size() == channels && axis >= 0 && tensor.shape().extent(axis) == channels;
    return matches ? Optional.of(tensor.toDoubles()) : Optional.empty();
  }

  private static double[] filled(int count, double value) {
    return IntStream.range(0, count).mapToDouble(_ -> value).toArray();
  }
}
