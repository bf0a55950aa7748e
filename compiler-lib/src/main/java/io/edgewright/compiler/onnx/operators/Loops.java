package io.edgewright.compiler.onnx.operators;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.OperandException;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Loop. A body that needs the number of its round when compiling, or whose carried values change
/// their shapes, is written out round by round where the number of rounds is known.
public final class Loops {
  /// Rounds that are written out at most.
  private static final long MOST_WRITTEN_OUT = 1024;

  private final OnnxNode node;
  private final GraphProto graph;
  private final List<Value> carried;
  private final Optional<Value> trips;
  private final Value start;

  private Loops(OnnxNode node) {
    this.node = node;
    this.graph = node.attributes().graph("body");
    this.trips = node.optional(0).map(value -> node.reshape(value, Shape.SCALAR));
    this.start =
        node.optional(1)
            .map(value -> Branches.condition(node, value))
            .orElseGet(() -> node.constant(bool(true)));
    List<Value> values = new ArrayList<>();
    for (int i = 2; i < node.inputCount(); i++) {
      values.add(node.input(i));
    }
    this.carried = List.copyOf(values);
    if (graph.getOutputCount() < 1 + carried.size()) {
      throw node.shapes(
          "a body with " + graph.getOutputCount() + " outputs",
          "a condition and " + carried.size() + " carried values, or more",
          "give the body an output for each carried value");
    }
  }

  public static List<Value> read(OnnxNode node) {
    return new Loops(node).read();
  }

  private static Tensor bool(boolean value) {
    return Tensor.ofIntegers(ElementType.BOOL, Shape.SCALAR, value ? 1 : 0);
  }

  private List<Value> read() {
    long most = most();
    boolean certain = node.tensor(start).isPresent() && most != Op.Loop.UNBOUNDED;
    if (certain && most > 0 && most <= Rounds.FEW) {
      Optional<List<Value>> writtenOut = writtenOut(most);
      if (writtenOut.isPresent()) {
        return writtenOut.get();
      }
    }
    try {
      return loop(most);
    } catch (CompileException | OperandException e) {
      if (!certain || most == 0 || most > MOST_WRITTEN_OUT) {
        throw e;
      }
      return writtenOut(most).orElseThrow(() -> e);
    }
  }

  /// Rounds that there can be at most, as far as that is known when compiling.
  private long most() {
    boolean never = node.tensor(start).filter(tensor -> tensor.getLong(0) == 0).isPresent();
    if (never) {
      return 0;
    }
    return trips
        .flatMap(node::tensor)
        .map(tensor -> Math.max(0, tensor.getLong(0)))
        .orElse(Op.Loop.UNBOUNDED);
  }

  // ---- as a loop

  private List<Value> loop(long most) {
    Body body = node.nest(this::body);
    Optional<Boolean> again = body.constants().getFirst().map(tensor -> tensor.getLong(0) != 0);
    boolean startsAlways = node.tensor(start).isPresent();
    boolean conditional = again.isEmpty() || !startsAlways;
    long bound = again.equals(Optional.of(false)) ? Math.min(most, 1) : most;
    Body kept = conditional ? body : body.withoutFirstOutput();
    int rows = kept.graph().outputs().size() - carried.size() - (conditional ? 1 : 0);
    if (rows > 0 && bound == Op.Loop.UNBOUNDED) {
      throw openStacks();
    }
    List<Value> operands = new ArrayList<>();
    operands.add(trips.orElseGet(() -> number(bound)));
    if (conditional) {
      operands.add(start);
    }
    operands.addAll(carried);
    operands.addAll(kept.captured());
    boolean open = conditional || trips.filter(value -> node.tensor(value).isEmpty()).isPresent();
    Dimension extent = open && rows > 0 ? node.found(bound) : Dimension.of(bound);
    List<Value> made =
        node.addAll(new Op.Loop(kept.graph(), carried.size(), extent, conditional), operands);
    return made.subList(0, made.size() - 1);
  }

  private Value number(long value) {
    return Rounds.number(node, value);
  }

  private List<Value> body(OnnxNode inside) {
    List<Value> arguments = new ArrayList<>();
    arguments.add(inside.parameter("round", Rounds.NUMBER));
    arguments.add(inside.constant(bool(true)));
    carried.forEach(value -> arguments.add(inside.parameter(value.name(), value.type())));
    List<Value> results = new ArrayList<>(inside.inline(graph, arguments));
    results.set(0, Branches.condition(inside, results.getFirst()));
    return results;
  }

  private CompileException openStacks() {
    return node.unsupported(
        "scan outputs of a loop whose trip count is computed from the model's inputs",
        "a constant trip count, or carried values alone",
        "give the loop a constant trip count; its condition may still end it earlier");
  }

  // ---- round by round

  /// Nothing where the condition for another round is not known when compiling.
  private Optional<List<Value>> writtenOut(long rounds) {
    List<Value> states = carried;
    List<List<Value>> rows = new ArrayList<>();
    boolean again = true;
    for (long round = 0; round < rounds && again; round++) {
      List<Value> arguments = new ArrayList<>(List.of(number(round), node.constant(bool(true))));
      arguments.addAll(states);
      List<Value> made = node.inline(graph, arguments);
      Optional<Tensor> condition = node.tensor(Branches.condition(node, made.getFirst()));
      if (condition.isEmpty()) {
        return Optional.empty();
      }
      again = condition.get().getLong(0) != 0;
      states = made.subList(1, 1 + carried.size());
      rows.add(made.subList(1 + carried.size(), made.size()));
    }
    return Optional.of(Rounds.stacked(node, states, rows));
  }
}
