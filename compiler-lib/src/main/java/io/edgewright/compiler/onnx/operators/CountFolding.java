package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/// What models do with the extents that Shape gives before they are a shape again: they pick some,
/// put others beside them, multiply and divide. Elements are formulas here instead of numbers.
final class CountFolding {
  /// No shape has as many extents; larger tensors are data.
  private static final int MOST_ELEMENTS = 64;

  private static final Map<ScalarFunction, Formula> FORMULAS =
      Map.of(
          ScalarFunction.ADD, (a, b) -> Optional.of(a.plus(b)),
          ScalarFunction.SUBTRACT, (a, b) -> Optional.of(a.minus(b)),
          ScalarFunction.MULTIPLY, (a, b) -> Optional.of(a.times(b)),
          ScalarFunction.NEGATE, (a, _) -> Optional.of(a.times(Count.of(-1))),
          ScalarFunction.DIVIDE, Count::dividedBy,
          ScalarFunction.MINIMUM, (a, b) -> a.isAtMost(b).map(first -> first ? a : b),
          ScalarFunction.MAXIMUM, (a, b) -> a.isAtMost(b).map(second -> second ? b : a),
          ScalarFunction.LESS, (a, b) -> b.isAtMost(a).map(not -> Count.of(not ? 0 : 1)),
          ScalarFunction.LESS_OR_EQUAL, (a, b) -> a.isAtMost(b).map(yes -> Count.of(yes ? 1 : 0)),
          ScalarFunction.EQUAL, CountFolding::equal);

  private CountFolding() {}

  /// Integers of a tensor that is no data.
  static Optional<List<Count>> of(Tensor tensor) {
    return tensor.element().isFloat() || tensor.shape().elements() > MOST_ELEMENTS
        ? Optional.empty()
        : Optional.of(LongStream.of(tensor.toLongs()).mapToObj(Count::of).toList());
  }

  /// The extents of a value.
  static List<Count> extents(Value value) {
    return value.shape().dimensions().stream().map(Dimension::count).toList();
  }

  /// The elements of the operator's output, where they are formulas.
  ///
  /// @param inputs elements of every input
  static Optional<List<Count>> apply(
      Op op, List<Value> operands, List<List<Count>> inputs, Shape output) {
    if (!output.isFixed() || output.elements() > MOST_ELEMENTS) {
      return Optional.empty();
    }
    return switch (op) {
      case Op.Map(Expression expression) -> map(expression, operands, inputs, output);
      case Op.Reduce(Op.ReduceKind kind, List<Integer> _) when output.elements() == 1 ->
          reduce(kind, inputs.getFirst());
      case Op.Gather gather -> gather(gather, operands, inputs);
      case Op.Concat _, Op.Slice _, Op.Transpose _, Op.Reshape _, Op.Expand _ ->
          Optional.of(moved(op, operands, inputs));
      case Op _ -> Optional.empty();
    };
  }

  /// Moves element numbers as the operator moves elements.
  private static List<Count> moved(Op op, List<Value> operands, List<List<Count>> inputs) {
    List<Count> all = new ArrayList<>();
    List<Tensor> numbers = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      long first = all.size();
      all.addAll(inputs.get(i));
      long[] places = LongStream.range(first, all.size()).toArray();
      numbers.add(Tensor.ofLongs(operands.get(i).shape(), places));
    }
    Tensor places = Interpreter.run(op, numbers).getFirst();
    return LongStream.of(places.toLongs()).mapToObj(place -> all.get((int) place)).toList();
  }

  /// The indices must be numbers; those outside were refused before.
  private static Optional<List<Count>> gather(
      Op.Gather op, List<Value> operands, List<List<Count>> inputs) {
    List<Count> indices = inputs.get(1);
    if (!indices.stream().allMatch(index -> index.number().isPresent())) {
      return Optional.empty();
    }
    long[] places = LongStream.range(0, inputs.getFirst().size()).toArray();
    long[] wanted = indices.stream().mapToLong(index -> index.number().orElseThrow()).toArray();
    Tensor picked =
        Interpreter.run(
                op,
                List.of(
                    Tensor.ofLongs(operands.get(0).shape(), places),
                    Tensor.ofLongs(operands.get(1).shape(), wanted)))
            .getFirst();
    return Optional.of(
        LongStream.of(picked.toLongs())
            .mapToObj(place -> inputs.getFirst().get((int) place))
            .toList());
  }

  private static Optional<List<Count>> reduce(Op.ReduceKind kind, List<Count> elements) {
    return switch (kind) {
      case PRODUCT ->
          elements.stream().reduce(Count::times).or(() -> Optional.of(Count.of(1))).map(List::of);
      case SUM ->
          elements.stream().reduce(Count::plus).or(() -> Optional.of(Count.of(0))).map(List::of);
      case MEAN, MINIMUM, MAXIMUM -> Optional.empty();
    };
  }

  private static Optional<List<Count>> map(
      Expression expression, List<Value> operands, List<List<Count>> inputs, Shape output) {
    List<List<Count>> spread = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      spread.add(moved(new Op.Expand(output), List.of(operands.get(i)), List.of(inputs.get(i))));
    }
    List<Count> results = new ArrayList<>();
    for (int at = 0; at < output.elements(); at++) {
      int place = at;
      List<Count> element = spread.stream().map(input -> input.get(place)).toList();
      Optional<Count> result = evaluate(expression, element);
      if (result.isEmpty()) {
        return Optional.empty();
      }
      results.add(result.get());
    }
    return Optional.of(results);
  }

  private static Optional<Count> evaluate(Expression expression, List<Count> inputs) {
    return switch (expression) {
      case Expression.Input(int index) -> Optional.of(inputs.get(index));
      case Expression.Whole(var _, long value) -> Optional.of(Count.of(value));
      case Expression.Real _ -> Optional.empty();
      case Expression.Convert(var to, Expression argument) ->
          to.isInteger() ? evaluate(argument, inputs) : Optional.empty();
      case Expression.Apply(ScalarFunction function, List<Expression> arguments) -> {
        List<Count> values = new ArrayList<>();
        for (Expression argument : arguments) {
          evaluate(argument, inputs).ifPresent(values::add);
        }
        yield values.size() == arguments.size() ? apply(function, values) : Optional.empty();
      }
    };
  }

  private static Optional<Count> apply(ScalarFunction function, List<Count> arguments) {
    Count left = arguments.getFirst();
    Count right = arguments.getLast();
    if (function == ScalarFunction.SELECT) {
      return left.number().map(condition -> condition != 0 ? arguments.get(1) : right);
    }
    return Optional.ofNullable(FORMULAS.get(function)).flatMap(f -> f.of(left, right));
  }

  /// A function of two counts (of one: the same twice); empty where the result is no formula.
  private interface Formula {
    Optional<Count> of(Count left, Count right);
  }

  private static Optional<Count> equal(Count left, Count right) {
    if (left.equals(right)) {
      return Optional.of(Count.of(1));
    }
    return left.meets(right) ? Optional.empty() : Optional.of(Count.of(0));
  }
}
