package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.multiply;
import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.subtract;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `C' = f(F + Pf * C) * C + f(I + Pi * C) * g(Z)`, `H' = f(O + Po * C') * h(C')`, where I, O, F
/// and Z are sums over the input and the state. The forget gate is 1 - the input gate if `coupled`.
///
/// A limit clips the sums, not the argument of h: so does ONNX Runtime, and the text leaves it
/// open.
///
/// @param peepholes Pi, Po and Pf: [3 * H]
record LstmCell(
    GateWeights weights,
    Optional<Value> peepholes,
    RecurrentActivations activations,
    boolean coupled)
    implements Recurrent.Cell {
  private static final int INPUT = 0;
  private static final int OUTPUT = 1;
  private static final int FORGET = 2;
  private static final int CELL = 3;

  @Override
  public Optional<Value> inputBias(OnnxNode node) {
    return weights.sumOfBiases(node);
  }

  @Override
  public List<Value> step(Rounds.Place place, Value input, List<Value> states) {
    OnnxNode at = place.node();
    Value state = states.get(0);
    Value cell = states.get(1);
    Value product =
        MatrixProducts.multiplyMatrices(at, state, place.reach().apply(weights.state()));
    Value sums = at.map(add(x(), in(1)), product, input);
    List<Value> operands =
        new ArrayList<>(
            List.of(cell, gate(at, sums, INPUT), gate(at, sums, FORGET), gate(at, sums, CELL)));
    peepholes.ifPresent(_ -> {
      operands.add(peephole(place, INPUT));
      operands.add(peephole(place, FORGET));
    });
    Value nextCell = at.map(nextCell(cell.type().element()), operands.toArray(Value[]::new));
    List<Value> outputs = new ArrayList<>(List.of(nextCell, gate(at, sums, OUTPUT)));
    peepholes.ifPresent(_ -> outputs.add(peephole(place, OUTPUT)));
    Expression opened = activations.of(0, withPeephole(in(1), x(), 2));
    Value next =
        at.map(multiply(opened, activations.unclipped(2, x())), outputs.toArray(Value[]::new));
    return List.of(next, nextCell);
  }

  /// Of C, I, F, Z, Pi, Pf.
  private Expression nextCell(ElementType type) {
    Expression input = activations.of(0, withPeephole(in(1), x(), 4));
    Expression forget =
        coupled ? subtract(number(type, 1), input) : activations.of(0, withPeephole(in(2), x(), 5));
    return add(multiply(forget, x()), multiply(input, activations.of(1, in(3))));
  }

  private Expression withPeephole(Expression sum, Expression cell, int weight) {
    return peepholes.isPresent() ? add(sum, multiply(in(weight), cell)) : sum;
  }

  private Value gate(OnnxNode at, Value sums, int gate) {
    return GateWeights.gates(at, sums, gate, 1, weights.units());
  }

  private Value peephole(Rounds.Place place, int gate) {
    Value all = place.reach().apply(peepholes.orElseThrow());
    return GateWeights.gates(place.node(), all, gate, 1, weights.units());
  }
}
