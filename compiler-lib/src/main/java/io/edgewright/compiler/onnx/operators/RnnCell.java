package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Value;
import java.util.List;
import java.util.Optional;

/// `H' = f(X * W + H * R + biases)`
record RnnCell(GateWeights weights, RecurrentActivations activations) implements Recurrent.Cell {
  @Override
  public Optional<Value> inputBias(OnnxNode node) {
    return weights.sumOfBiases(node);
  }

  @Override
  public List<Value> step(Rounds.Place place, Value input, List<Value> states) {
    Value columns = place.reach().apply(weights.state());
    Value product = MatrixProducts.multiplyMatrices(place.node(), states.getFirst(), columns);
    return List.of(place.node().map(activations.of(0, add(x(), in(1))), product, input));
  }
}
