package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;

/// `out[i] = expression(inputs[i]...)`, after broadcasting. A block of elements goes through the
/// tree at a time, so that each function's switch is taken once a block.
final class ExpressionEvaluator {
  private static final int BLOCK = 4096;

  private final List<Numbers> inputs;
  private final List<ElementType> types;

  private ExpressionEvaluator(List<Numbers> inputs) {
    this.inputs = inputs;
    this.types = inputs.stream().map(Numbers::element).toList();
  }

  static Numbers evaluate(Expression expression, List<Numbers> inputs, Shape shape) {
    List<Numbers> whole = inputs.stream().map(input -> broadcast(input, shape)).toList();
    if (expression instanceof Expression.Input(int index)) {
      return whole.get(index);
    }
    ExpressionEvaluator evaluator = new ExpressionEvaluator(whole);
    Numbers result = Numbers.allocate(new TensorType(expression.type(evaluator.types), shape));
    int blocks = Math.ceilDiv(result.size(), BLOCK);
    IntStream.range(0, blocks)
        .parallel()
        .forEach(block -> evaluator.store(expression, block * BLOCK, result));
    return result;
  }

  private static Numbers broadcast(Numbers input, Shape shape) {
    return input.shape().equals(shape)
        ? input
        : input.pick(shape, Positions.expand(input.shape(), shape), 0);
  }

  private void store(Expression expression, int from, Numbers result) {
    int count = Math.min(BLOCK, result.size() - from);
    switch (result) {
      case Numbers.Reals(TensorType _, double[] values) ->
          System.arraycopy(reals(expression, from, count), 0, values, from, count);
      case Numbers.Wholes(TensorType _, long[] values) ->
          System.arraycopy(wholes(expression, from, count), 0, values, from, count);
    }
  }

  private double[] reals(Expression expression, int from, int count) {
    return switch (expression) {
      case Expression.Input(int index) ->
          Arrays.copyOfRange(((Numbers.Reals) inputs.get(index)).values(), from, from + count);
      case Expression.Real(ElementType type, double value) ->
          filled(count, RealFunctions.round(type, value));
      case Expression.Whole _ -> throw new IllegalStateException("an integer among floats");
      case Expression.Convert(ElementType to, Expression argument) ->
          convertToReals(to, argument, from, count);
      case Expression.Apply(ScalarFunction function, List<Expression> arguments) ->
          applyReals(function, arguments, from, count);
    };
  }

  private static double[] filled(int count, double value) {
    double[] block = new double[count];
    Arrays.fill(block, value);
    return block;
  }

  private double[] convertToReals(ElementType to, Expression argument, int from, int count) {
    ElementType source = argument.type(types);
    if (source.isFloat()) {
      double[] block = reals(argument, from, count);
      Arrays.setAll(block, i -> RealFunctions.round(to, block[i]));
      return block;
    }
    long[] block = wholes(argument, from, count);
    double[] converted = new double[count];
    Arrays.setAll(
        converted, i -> RealFunctions.round(to, WholeFunctions.toDouble(source, block[i])));
    return converted;
  }

  private double[] applyReals(
      ScalarFunction function, List<Expression> arguments, int from, int count) {
    double[] last = reals(arguments.getLast(), from, count);
    if (function == ScalarFunction.SELECT) {
      long[] condition = wholes(arguments.getFirst(), from, count);
      double[] chosen = reals(arguments.get(1), from, count);
      Arrays.setAll(last, i -> condition[i] != 0 ? chosen[i] : last[i]);
    } else if (function.arity() == 2) {
      DoubleBinaryOperator operator = RealFunctions.binary(function);
      double[] first = reals(arguments.getFirst(), from, count);
      Arrays.setAll(last, i -> operator.applyAsDouble(first[i], last[i]));
    } else {
      DoubleUnaryOperator operator = RealFunctions.unary(function);
      Arrays.setAll(last, i -> operator.applyAsDouble(last[i]));
    }
    return last;
  }

  private long[] wholes(Expression expression, int from, int count) {
    return switch (expression) {
      case Expression.Input(int index) ->
          Arrays.copyOfRange(((Numbers.Wholes) inputs.get(index)).values(), from, from + count);
      case Expression.Real _ -> throw new IllegalStateException("a float among integers");
      case Expression.Whole(ElementType type, long value) -> {
        long[] block = new long[count];
        Arrays.fill(block, WholeFunctions.wrap(type, value));
        yield block;
      }
      case Expression.Convert(ElementType to, Expression argument) ->
          convertToWholes(to, argument, from, count);
      case Expression.Apply(ScalarFunction function, List<Expression> arguments) ->
          function.isPredicate()
              ? testAll(function, arguments, from, count)
              : applyWholes(function, arguments, from, count);
    };
  }

  private long[] convertToWholes(ElementType to, Expression argument, int from, int count) {
    if (argument.type(types).isFloat()) {
      double[] block = reals(argument, from, count);
      long[] converted = new long[count];
      Arrays.setAll(converted, i -> WholeFunctions.ofDouble(to, block[i]));
      return converted;
    }
    long[] block = wholes(argument, from, count);
    Arrays.setAll(block, i -> WholeFunctions.wrap(to, block[i]));
    return block;
  }

  private long[] testAll(ScalarFunction function, List<Expression> arguments, int from, int count) {
    ElementType type = arguments.getFirst().type(types);
    long[] results = new long[count];
    if (type.isFloat()) {
      RealFunctions.Test test = RealFunctions.test(function);
      double[] left = reals(arguments.getFirst(), from, count);
      double[] right = reals(arguments.getLast(), from, count);
      Arrays.setAll(results, i -> test.test(left[i], right[i]) ? 1 : 0);
    } else {
      long[] left = wholes(arguments.getFirst(), from, count);
      long[] right = wholes(arguments.getLast(), from, count);
      Arrays.setAll(results, i -> WholeFunctions.test(function, type, left[i], right[i]) ? 1 : 0);
    }
    return results;
  }

  private long[] applyWholes(
      ScalarFunction function, List<Expression> arguments, int from, int count) {
    ElementType type = arguments.getLast().type(types);
    long[] last = wholes(arguments.getLast(), from, count);
    if (function == ScalarFunction.SELECT) {
      long[] condition = wholes(arguments.getFirst(), from, count);
      long[] chosen = wholes(arguments.get(1), from, count);
      Arrays.setAll(last, i -> condition[i] != 0 ? chosen[i] : last[i]);
    } else if (function.arity() == 2) {
      LongBinaryOperator operator = WholeFunctions.binary(function, type);
      long[] first = wholes(arguments.getFirst(), from, count);
      Arrays.setAll(last, i -> WholeFunctions.wrap(type, operator.applyAsLong(first[i], last[i])));
    } else {
      Arrays.setAll(
          last, i -> WholeFunctions.wrap(type, WholeFunctions.unary(function, type, last[i])));
    }
    return last;
  }
}
