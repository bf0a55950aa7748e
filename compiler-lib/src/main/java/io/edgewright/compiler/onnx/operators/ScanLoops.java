package io.edgewright.compiler.onnx.operators;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Dimension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Scan: a loop over the elements of an axis of its inputs. In opset 8 all of it happens once for
/// each element of a batch.
public final class ScanLoops {
  private final OnnxNode node;
  private final GraphProto graph;
  private final int scanned;

  private ScanLoops(OnnxNode node) {
    this.node = node;
    this.graph = node.attributes().graph("body");
    this.scanned = Math.toIntExact(node.attributes().required("num_scan_inputs"));
  }

  public static List<Value> read(OnnxNode node) {
    ScanLoops scan = new ScanLoops(node);
    return node.opset() < 9 ? scan.batch() : scan.scan(node.inputs());
  }

  /// @param inputs initial states, then what is scanned
  private List<Value> scan(List<Value> inputs) {
    int states = inputs.size() - scanned;
    int outputs = graph.getOutputCount() - states;
    if (scanned < 1 || states < 0 || outputs < 0) {
      throw node.invalid(
          inputs.size()
              + " inputs, "
              + scanned
              + " of them scanned, "
              + graph.getOutputCount()
              + " outputs of the body",
          "a scanned input or more, and an output of the body for each state",
          "check `num_scan_inputs`");
    }
    List<Value> sequences = inputs.subList(states, inputs.size());
    List<Integer> axes = axes("scan_input_axes", sequences);
    List<Boolean> backwards =
        directions(node.opset() < 9 ? "directions" : "scan_input_directions", scanned);
    List<Boolean> reversed = directions("scan_output_directions", outputs);
    long rounds = rounds(sequences, axes);
    List<Value> made =
        Rounds.run(
            node,
            rounds,
            inputs.subList(0, states),
            (place, round, current) -> {
              List<Value> arguments = new ArrayList<>(current);
              for (int i = 0; i < scanned; i++) {
                Value index =
                    backwards.get(i) ? Rounds.fromEnd(place.node(), round, rounds) : round;
                arguments.add(place.element(sequences.get(i), axes.get(i), index));
              }
              return place.node().inline(graph, arguments);
            });
    List<Value> results = new ArrayList<>(made.subList(0, states));
    List<Value> stacks = made.subList(states, made.size());
    List<Integer> outputAxes = axes("scan_output_axes", stacks);
    for (int i = 0; i < stacks.size(); i++) {
      Value stack = reversed.get(i) ? reversed(node, stacks.get(i)) : stacks.get(i);
      results.add(moveFirstAxis(stack, outputAxes.get(i)));
    }
    return results;
  }

  /// The value with its first axis backwards.
  static Value reversed(OnnxNode node, Value value) {
    List<SliceRange> ranges = new ArrayList<>();
    for (long extent : value.shape().extents()) {
      ranges.add(SliceRange.all(Dimension.of(extent)));
    }
    long extent = value.shape().extent(0);
    ranges.set(0, SliceRange.of(Math.max(0, extent - 1), extent, -1));
    return Slicing.slice(node, value, ranges);
  }

  private Value moveFirstAxis(Value value, int axis) {
    List<Integer> order =
        new ArrayList<>(IntStream.range(1, value.shape().rank()).boxed().toList());
    order.add(axis, 0);
    return axis == 0 ? value : node.add(new Op.Transpose(order), value);
  }

  private List<Integer> axes(String attribute, List<Value> values) {
    List<Long> stated =
        node.attributes().integers(attribute).orElse(Collections.nCopies(values.size(), 0L));
    requireOneEach(attribute, stated, values.size());
    return IntStream.range(0, values.size())
        .mapToObj(i -> node.axis(stated.get(i), values.get(i).shape().rank()))
        .toList();
  }

  private List<Boolean> directions(String attribute, int count) {
    List<Long> stated =
        node.attributes().integers(attribute).orElse(Collections.nCopies(count, 0L));
    requireOneEach(attribute, stated, count);
    return stated.stream().map(direction -> direction != 0).toList();
  }

  private void requireOneEach(String attribute, List<Long> stated, int count) {
    if (stated.size() != count) {
      throw node.attributes()
          .invalid(attribute, stated.toString(), count + " numbers", "give one for each value");
    }
  }

  private long rounds(List<Value> sequences, List<Integer> axes) {
    List<Long> extents =
        IntStream.range(0, scanned)
            .mapToObj(i -> sequences.get(i).shape().extent(axes.get(i)))
            .distinct()
            .toList();
    if (extents.size() != 1) {
      throw node.shapes(
          "scanned axes of extents " + extents, "one extent", "check the inputs' shapes");
    }
    return extents.getFirst();
  }

  /// Opset 8: input 0 has the lengths of sequences, all others have a batch as first axis.
  private List<Value> batch() {
    if (node.optional(0).isPresent()) {
      throw node.unsupported(
          "sequences of different lengths in a Scan of opset 8",
          "no `sequence_lens`",
          "export with opset 9 or later");
    }
    List<Value> inputs = IntStream.range(1, node.inputCount()).mapToObj(node::input).toList();
    if (inputs.isEmpty() || inputs.stream().anyMatch(input -> input.shape().rank() == 0)) {
      throw node.shapes("inputs " + inputs, "inputs with a batch axis", "check the inputs");
    }
    long batch = inputs.getFirst().shape().extent(0);
    List<List<Value>> rows = new ArrayList<>();
    Rounds.Place here = new Rounds.Place(node, value -> value);
    for (long element = 0; element < batch; element++) {
      Value index = Rounds.number(node, element);
      rows.add(scan(inputs.stream().map(input -> here.element(input, 0, index)).toList()));
    }
    if (rows.isEmpty()) {
      throw node.shapes("an empty batch", "one element or more", "give the batch an extent");
    }
    return Rounds.stacked(node, List.of(), rows);
  }
}
