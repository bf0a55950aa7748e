package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.multiply;
import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.subtract;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import java.util.List;
import java.util.Optional;

/// `H' = (1 - f(Z)) * g(N) + f(Z) * H`, where Z, R and N are sums over the input and the state, but
/// in N the state is reset: multiplied by f(R) before its weights, or after them and their bias
/// with `linearFirst`.
record GruCell(GateWeights weights, RecurrentActivations activations, boolean linearFirst)
    implements Recurrent.Cell {
  /// The state's bias of N is added later where it is reset too.
  @Override
  public Optional<Value> inputBias(OnnxNode node) {
    if (!linearFirst) {
      return weights.sumOfBiases(node);
    }
    return weights
        .bias()
        .map(both -> {
          Value state = GateWeights.gates(node, both.get(1), 0, 2, weights.units());
          Value both0to2 = GateWeights.gates(node, both.get(0), 0, 2, weights.units());
          Value last = GateWeights.gates(node, both.get(0), 2, 1, weights.units());
          Value sum = node.map(add(x(), in(1)), both0to2, state);
          return node.add(new Op.Concat(0), sum, last);
        });
  }

  @Override
  public List<Value> step(Rounds.Place place, Value input, List<Value> states) {
    OnnxNode at = place.node();
    Value state = states.getFirst();
    Value gatesOfState = product(place, state, 0, 2);
    Value sums = at.map(add(x(), in(1)), gatesOfState, gates(at, input, 0, 2));
    Value reset = gates(at, sums, 1, 1);
    Value candidate =
        linearFirst ? resetAfter(place, state, reset) : resetBefore(place, state, reset);
    Expression update = activations.of(0, in(3));
    Expression fresh = activations.of(1, add(x(), in(1)));
    Expression rest = subtract(number(state.type().element(), 1), update);
    return List.of(
        at.map(
            add(multiply(rest, fresh), multiply(update, in(2))),
            candidate,
            gates(at, input, 2, 1),
            state,
            gates(at, sums, 0, 1)));
  }

  private Value resetBefore(Rounds.Place place, Value state, Value reset) {
    Value kept = place.node().map(multiply(activations.of(0, in(1)), x()), state, reset);
    return product(place, kept, 2, 1);
  }

  private Value resetAfter(Rounds.Place place, Value state, Value reset) {
    Value linear = product(place, state, 2, 1);
    Expression factor = activations.of(0, in(1));
    if (weights.bias().isEmpty()) {
      return place.node().map(multiply(factor, x()), linear, reset);
    }
    Value bias = place.reach().apply(weights.bias().get().get(1));
    return place
        .node()
        .map(multiply(factor, add(x(), in(2))), linear, reset, gates(place.node(), bias, 2, 1));
  }

  private Value product(Rounds.Place place, Value state, long first, long count) {
    Value columns = place.reach().apply(weights.state());
    return MatrixProducts.multiplyMatrices(
        place.node(), state, gates(place.node(), columns, first, count));
  }

  private Value gates(OnnxNode at, Value columns, long first, long count) {
    return GateWeights.gates(at, columns, first, count, weights.units());
  }
}
