package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Weights of one direction of a recurrent operator: G gates of H units each, I inputs.
///
/// @param input [I, G * H]
/// @param state [H, G * H]
/// @param bias [G * H] of the inputs, then of the state
/// @param units H
record GateWeights(Value input, Value state, Optional<List<Value>> bias, long units) {
  /// Cut from inputs 1 to 3 of the node: W [D, G * H, I], R [D, G * H, H], B [D, 2 * G * H].
  static GateWeights read(OnnxNode node, int direction, int gates) {
    long units = node.input(2).shape().extent(2);
    Value input = direction(node, node.input(1), direction);
    Value state = direction(node, node.input(2), direction);
    long rows = gates * units;
    List<Shape> shapes = new ArrayList<>(List.of(state.shape()));
    List<Shape> expected = new ArrayList<>(List.of(Shape.of(rows, units)));
    Optional<Value> both = node.optional(3).map(value -> direction(node, value, direction));
    both.ifPresent(value -> {
      shapes.add(value.shape());
      expected.add(Shape.of(2 * rows));
    });
    if (!shapes.equals(expected) || input.shape().rank() != 2 || input.shape().extent(0) != rows) {
      throw node.shapes(
          "weights " + input.shape() + ", " + shapes,
          rows + " rows, and " + expected,
          "check the weights and `hidden_size`");
    }
    return new GateWeights(
        transposed(node, input),
        transposed(node, state),
        both.map(value ->
            List.of(
                Slicing.part(node, value, 0, 0, rows), Slicing.part(node, value, 0, rows, rows))),
        units);
  }

  /// One direction of a value whose first axis they are.
  static Value direction(OnnxNode node, Value value, int direction) {
    if (value.shape().rank() < 2 || value.shape().extent(0) <= direction) {
      throw node.shapes(
          value.toString(),
          "a first axis for " + (direction + 1) + " directions",
          "check the weights and `direction`");
    }
    Value part = Slicing.part(node, value, 0, direction, 1);
    List<Dimension> rest = part.shape().dimensions();
    return node.reshape(part, new Shape(rest.subList(1, rest.size())));
  }

  private static Value transposed(OnnxNode node, Value value) {
    return node.add(new Op.Transpose(List.of(1, 0)), value);
  }

  /// Both biases in one.
  Optional<Value> sumOfBiases(OnnxNode node) {
    return bias.map(both -> node.map(add(x(), in(1)), both.get(0), both.get(1)));
  }

  /// Columns of some gates.
  static Value gates(OnnxNode node, Value columns, long first, long count, long units) {
    int axis = columns.shape().rank() - 1;
    return Slicing.part(node, columns, axis, first * units, count * units);
  }
}
