package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.less;
import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.select;
import static io.edgewright.compiler.onnx.operators.Formulas.to;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// LSTM, GRU and RNN: a loop over the steps of a sequence, around a [Cell]. What does not depend on
/// the state, the product of all steps' inputs with their weights, is one large product before it.
///
/// X [T, B, I] (with layout 1 [B, T, I]), W [D, G * H, I], R [D, G * H, H], B [D, 2 * G * H],
/// states [D, B, H] (with layout 1 [B, D, H]); T steps, batch B, D directions, H hidden units, G
/// gates. Outputs Y [T, D, B, H] (with layout 1 [B, T, D, H]) and the states in the end.
public final class Recurrent {
  /// One direction.
  interface Cell {
    GateWeights weights();

    /// [G * H], what is added to the product of the input and its weights.
    Optional<Value> inputBias(OnnxNode node);

    /// @param input [B, G * H]: the step's input times its weights, with the bias
    /// @param states [B, H] each, the one that is the output first
    /// @return the states after the step
    List<Value> step(Rounds.Place place, Value input, List<Value> states);
  }

  private final OnnxNode node;
  private final boolean batchFirst;
  private final List<Boolean> backwards;

  /// [T, B, I]
  private final Value x;

  private final long steps;
  private final long batch;
  private final long units;

  private Recurrent(OnnxNode node) {
    this.node = node;
    this.batchFirst = node.attributes().flag("layout", false);
    this.backwards = directions(node);
    Value given = node.input(0);
    Shape recurrence = node.input(2).shape();
    if (given.shape().rank() != 3 || recurrence.rank() != 3) {
      throw node.shapes(
          "X " + given.shape() + " and R " + recurrence, "rank 3", "check the inputs");
    }
    this.x = batchFirst ? node.add(new Op.Transpose(List.of(1, 0, 2)), given) : given;
    this.steps = x.shape().extent(0);
    this.batch = x.shape().extent(1);
    this.units = recurrence.extent(2);
    long stated = node.attributes().integer("hidden_size", units);
    if (stated != units || recurrence.extent(0) != backwards.size()) {
      throw node.shapes(
          "R " + recurrence + " for " + backwards.size() + " directions of " + stated + " units",
          "R [directions, gates * units, units]",
          "check `hidden_size`, `direction` and the weights");
    }
  }

  private static List<Boolean> directions(OnnxNode node) {
    List<String> words = List.of("forward", "reverse", "bidirectional");
    return switch (node.attributes().word("direction", "forward", words)) {
      case "forward" -> List.of(false);
      case "reverse" -> List.of(true);
      default -> List.of(false, true);
    };
  }

  /// Inputs X, W, R, B, lengths of the sequences, H, C, peepholes.
  public static List<Value> lstm(OnnxNode node) {
    Recurrent recurrent = new Recurrent(node);
    List<RecurrentActivations> activations =
        recurrent.activations(List.of("Sigmoid", "Tanh", "Tanh"));
    boolean coupled = node.attributes().flag("input_forget", false);
    return recurrent.run(
        2,
        direction ->
            new LstmCell(
                GateWeights.read(node, direction, 4),
                node.optional(7).map(all -> GateWeights.direction(node, all, direction)),
                activations.get(direction),
                coupled));
  }

  /// Inputs X, W, R, B, lengths of the sequences, H.
  public static List<Value> gru(OnnxNode node) {
    Recurrent recurrent = new Recurrent(node);
    List<RecurrentActivations> activations = recurrent.activations(List.of("Sigmoid", "Tanh"));
    boolean linearFirst = node.attributes().flag("linear_before_reset", false);
    return recurrent.run(
        1,
        direction ->
            new GruCell(
                GateWeights.read(node, direction, 3), activations.get(direction), linearFirst));
  }

  /// Inputs X, W, R, B, lengths of the sequences, H.
  public static List<Value> rnn(OnnxNode node) {
    Recurrent recurrent = new Recurrent(node);
    List<RecurrentActivations> activations = recurrent.activations(List.of("Tanh"));
    return recurrent.run(
        1,
        direction -> new RnnCell(GateWeights.read(node, direction, 1), activations.get(direction)));
  }

  private List<RecurrentActivations> activations(List<String> standard) {
    // Named so in the first opsets, where the sequence of outputs was optional.
    node.attributes().ignore("output_sequence");
    return RecurrentActivations.read(node, backwards.size(), standard);
  }

  /// @param states how many a cell has
  private List<Value> run(int states, IntFunction<Cell> cells) {
    List<List<Value>> all = new ArrayList<>();
    for (int direction = 0; direction < backwards.size(); direction++) {
      all.add(direction(direction, cells.apply(direction), states));
    }
    List<Value> outputs = new ArrayList<>();
    outputs.add(node.wants(0) ? sequence(all) : x);
    for (int state = 0; state < states; state++) {
      outputs.add(finalState(all, state));
    }
    return outputs;
  }

  private Value sequence(List<List<Value>> all) {
    List<Value> parts =
        all.stream().map(made -> Rounds.unsqueezed(node, made.getLast(), 1)).toList();
    Value whole = concat(parts, 1);
    return batchFirst ? node.add(new Op.Transpose(List.of(2, 0, 1, 3)), whole) : whole;
  }

  private Value finalState(List<List<Value>> all, int state) {
    List<Value> parts =
        all.stream().map(made -> Rounds.unsqueezed(node, made.get(state), 0)).toList();
    Value whole = concat(parts, 0);
    return batchFirst ? node.add(new Op.Transpose(List.of(1, 0, 2)), whole) : whole;
  }

  private Value concat(List<Value> parts, int axis) {
    return parts.size() == 1
        ? parts.getFirst()
        : node.addAll(new Op.Concat(axis), parts).getFirst();
  }

  /// States [B, H] in the end, then, where it is read, the output [T, B, H].
  private List<Value> direction(int direction, Cell cell, int states) {
    boolean back = backwards.get(direction);
    Value inputs = inputs(cell);
    List<Value> start =
        IntStream.range(0, states).mapToObj(state -> startState(direction, state)).toList();
    List<Value> made =
        new ArrayList<>(
            Rounds.run(
                node,
                steps,
                start,
                (place, round, current) -> {
                  Value time = back ? Rounds.fromEnd(place.node(), round, steps) : round;
                  Value input = place.element(inputs, 0, time);
                  List<Value> next = cell.step(place, input, current);
                  return kept(place, time, current, next);
                }));
    if (back && node.wants(0)) {
      made.set(states, ScanLoops.reversed(node, made.get(states)));
    }
    return made;
  }

  /// [T, B, G * H]: the inputs of all steps times their weights, with the bias.
  private Value inputs(Cell cell) {
    Value weights = cell.weights().input();
    Shape rows = Shape.of(steps * batch, x.shape().extent(2));
    Value product = MatrixProducts.multiplyMatrices(node, node.reshape(x, rows), weights);
    Value sums =
        cell.inputBias(node).map(bias -> node.map(add(x(), in(1)), product, bias)).orElse(product);
    return node.reshape(sums, Shape.of(steps, batch, weights.shape().extent(1)));
  }

  private Value startState(int direction, int state) {
    Shape shape = Shape.of(batch, units);
    Optional<Value> given = node.optional(5 + state);
    if (given.isEmpty()) {
      double[] zeros = new double[Math.toIntExact(shape.elements())];
      return node.constant(Tensor.ofDoubles(x.type().element(), shape, zeros));
    }
    Value all =
        batchFirst ? node.add(new Op.Transpose(List.of(1, 0, 2)), given.get()) : given.get();
    Value own = GateWeights.direction(node, all, direction);
    if (!own.shape().equals(shape)) {
      throw node.shapes("a first state " + given.get(), shape + " per direction", "check it");
    }
    return own;
  }

  /// Behind the end of its sequence an element of the batch keeps its states and puts out zeros.
  private List<Value> kept(Rounds.Place place, Value time, List<Value> before, List<Value> next) {
    List<Value> results = new ArrayList<>(next);
    results.add(next.getFirst());
    if (node.optional(4).isPresent()) {
      OnnxNode at = place.node();
      Value given = place.reach().apply(node.input(4));
      Value lengths = at.reshape(given, Shape.of(batch, 1));
      Value inside = at.map(less(in(1), to(ElementType.INT64, x())), lengths, time);
      for (int state = 0; state < before.size(); state++) {
        Expression choice = select(x(), in(1), in(2));
        results.set(state, at.map(choice, inside, next.get(state), before.get(state)));
      }
      Expression output = select(x(), in(1), number(x.type().element(), 0));
      results.set(before.size(), at.map(output, inside, next.getFirst()));
    }
    return node.wants(0) ? results : results.subList(0, before.size());
  }
}
