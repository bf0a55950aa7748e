package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.subtract;
import static io.edgewright.compiler.onnx.operators.Formulas.whole;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A number of rounds that is known when compiling: a loop, or, where they are few, one round after
/// the other.
final class Rounds {
  static final TensorType NUMBER = new TensorType(ElementType.INT64, Shape.SCALAR);

  /// So few rounds are written out.
  static final long FEW = 2;

  private Rounds() {}

  /// Where a round is built.
  ///
  /// @param node adds to the graph of the round
  /// @param reach gives what stands there for a value from outside
  record Place(OnnxNode node, UnaryOperator<Value> reach) {
    /// Element `index` (int64, rank 0) of an axis of a value from outside.
    Value element(Value outside, int axis, Value index) {
      Value all = reach.apply(outside);
      Optional<Tensor> known = node.tensor(index);
      if (known.isEmpty()) {
        return node.add(new Op.Gather(axis), all, index);
      }
      List<Dimension> rest = new ArrayList<>(all.shape().dimensions());
      rest.remove(axis);
      Value part = Slicing.part(node, all, axis, known.get().getLong(0), 1);
      return node.reshape(part, new Shape(rest));
    }
  }

  /// One round.
  interface Step {
    /// @param round its number, from 0 on (int64, rank 0)
    /// @param states carried values before it
    /// @return carried values after it, then a row for each stack
    List<Value> at(Place place, Value round, List<Value> states);
  }

  /// @return the carried values in the end, then the stacks, along a new first axis
  static List<Value> run(OnnxNode node, long rounds, List<Value> states, Step step) {
    if (rounds < 1 || rounds > FEW) {
      return loop(node, rounds, states, step);
    }
    Place here = new Place(node, UnaryOperator.identity());
    List<Value> current = states;
    List<List<Value>> rows = new ArrayList<>();
    for (long round = 0; round < rounds; round++) {
      List<Value> made = step.at(here, number(node, round), current);
      current = made.subList(0, states.size());
      rows.add(made.subList(states.size(), made.size()));
    }
    return stacked(node, current, rows);
  }

  private static List<Value> loop(OnnxNode node, long rounds, List<Value> states, Step step) {
    Body body =
        node.nest(inside -> {
          Value round = inside.parameter("round", NUMBER);
          List<Value> carried =
              states.stream().map(state -> inside.parameter(state.name(), state.type())).toList();
          return step.at(new Place(inside, inside::capture), round, carried);
        });
    List<Value> operands = new ArrayList<>(List.of(number(node, rounds)));
    operands.addAll(states);
    operands.addAll(body.captured());
    Op.Loop op = new Op.Loop(body.graph(), states.size(), Dimension.of(rounds), false);
    List<Value> made = node.addAll(op, operands);
    return made.subList(0, made.size() - 1);
  }

  static Value number(OnnxNode node, long value) {
    return node.constant(Tensor.ofLongs(Shape.SCALAR, value));
  }

  /// The number of a round, counted from the last one.
  static Value fromEnd(OnnxNode at, Value round, long rounds) {
    return at.map(subtract(whole(rounds - 1), x()), round);
  }

  /// Values, then the rows of all rounds, stacked along a new first axis.
  static List<Value> stacked(OnnxNode node, List<Value> states, List<List<Value>> rows) {
    List<Value> outputs = new ArrayList<>(states);
    for (int stack = 0; stack < rows.getFirst().size(); stack++) {
      List<Value> parts = new ArrayList<>();
      for (List<Value> round : rows) {
        parts.add(unsqueezed(node, round.get(stack), 0));
      }
      outputs.add(
          parts.size() == 1 ? parts.getFirst() : node.addAll(new Op.Concat(0), parts).getFirst());
    }
    return outputs;
  }

  /// The value with a new axis of extent 1.
  static Value unsqueezed(OnnxNode node, Value value, int axis) {
    List<Dimension> dimensions = new ArrayList<>(value.shape().dimensions());
    dimensions.add(axis, Dimension.of(1));
    return node.reshape(value, new Shape(dimensions));
  }
}
