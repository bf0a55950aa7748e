package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Slice, Split and Concat.
public final class Slicing {
  private Slicing() {}

  /// Starts and ends count from the end where negative and are clamped to the input; they may be as
  /// far out as an int64 goes.
  public static Value slice(OnnxNode node) {
    Value x = node.input(0);
    boolean old = node.opset() < 10;
    List<Count> starts = old ? required(node, "starts") : node.counts(1, "starts");
    List<Count> ends = old ? required(node, "ends") : node.counts(2, "ends");
    Optional<List<Long>> givenAxes =
        old ? node.attributes().integers("axes") : node.optionalIntegers(3, "axes");
    List<Long> axes =
        givenAxes.orElseGet(() -> LongStream.range(0, starts.size()).boxed().toList());
    List<Long> steps =
        (old ? Optional.<List<Long>>empty() : node.optionalIntegers(4, "steps"))
            .orElseGet(() -> Collections.nCopies(starts.size(), 1L));
    if (ends.size() != starts.size()
        || axes.size() != starts.size()
        || steps.size() != starts.size()) {
      throw node.invalid(
          "starts " + starts + ", ends " + ends + ", axes " + axes + ", steps " + steps,
          "lists of one length",
          "export the model again");
    }
    List<SliceRange> ranges = new ArrayList<>();
    x.shape().dimensions().forEach(dimension -> ranges.add(SliceRange.all(dimension)));
    for (int i = 0; i < starts.size(); i++) {
      int axis = node.axis(axes.get(i), x.shape().rank());
      if (steps.get(i) == 0) {
        throw node.invalid("a step of 0", "another number", "check `steps`");
      }
      Dimension all = x.shape().dimensions().get(axis);
      ranges.set(axis, SliceRange.of(starts.get(i), ends.get(i), steps.get(i), all));
    }
    return slice(node, x, ranges);
  }

  private static List<Count> required(OnnxNode node, String attribute) {
    return node
        .attributes()
        .integers(attribute)
        .orElseThrow(() ->
            node.attributes().invalid(attribute, "no value", "integers", "give the attribute"))
        .stream()
        .map(Count::of)
        .toList();
  }

  static Value slice(OnnxNode node, Value x, List<SliceRange> ranges) {
    Value taken = x;
    for (int axis = 0; axis < ranges.size(); axis++) {
      SliceRange range = ranges.get(axis);
      Dimension all = x.shape().dimensions().get(axis);
      if (range.start().number().isEmpty()) {
        taken = node.add(new Op.Gather(axis), taken, node.constant(range.fromEnd(all)));
        ranges.set(axis, SliceRange.all(taken.shape().dimensions().get(axis)));
      }
    }
    Shape shape = new Shape(ranges.stream().map(SliceRange::count).toList());
    boolean forward = ranges.stream().allMatch(range -> range.step() == 1);
    return forward && shape.equals(taken.shape())
        ? taken
        : node.add(
            new Op.Slice(
                ranges.stream().map(range -> range.start().number().orElseThrow()).toList(),
                shape,
                ranges.stream().map(SliceRange::step).toList()),
            taken);
  }

  /// `count` elements of one axis from `start` on.
  static Value part(OnnxNode node, Value x, int axis, long start, long count) {
    int rank = x.shape().rank();
    List<Long> starts = new ArrayList<>(Collections.nCopies(rank, 0L));
    starts.set(axis, start);
    Shape taken = x.shape().with(axis, count);
    return taken.equals(x.shape())
        ? x
        : node.add(new Op.Slice(starts, taken, Collections.nCopies(rank, 1L)), x);
  }

  /// One part per output: sizes from `split`, or as even as possible.
  public static List<Value> split(OnnxNode node) {
    Value x = node.input(0);
    int axis = node.axis(node.attributes().integer("axis", 0), x.shape().rank());
    long extent = x.shape().extent(axis);
    boolean attribute = node.opset() < 13;
    Optional<List<Long>> stated =
        attribute ? node.attributes().integers("split") : node.optionalIntegers(1, "split");
    long outputs = node.attributes().integer("num_outputs", node.outputCount());
    if (outputs < 1 || outputs != node.outputCount()) {
      throw node.invalid(
          outputs + " outputs stated, " + node.outputCount() + " there",
          "as many as the node has",
          "check `num_outputs`");
    }
    List<Long> sizes = stated.orElseGet(() -> evenly(extent, outputs));
    long sum = sizes.stream().mapToLong(Long::longValue).sum();
    if (sizes.size() != outputs || sum != extent || sizes.stream().anyMatch(size -> size < 0)) {
      throw node.shapes(
          "parts " + sizes + " of extent " + extent,
          outputs + " sizes that add up to " + extent,
          "check `split`");
    }
    List<Value> parts = new ArrayList<>();
    long start = 0;
    for (long size : sizes) {
      parts.add(part(node, x, axis, start, size));
      start += size;
    }
    return parts;
  }

  /// The last part is smaller where the extent does not divide.
  private static List<Long> evenly(long extent, long parts) {
    long size = Math.ceilDiv(extent, parts);
    return LongStream.range(0, parts)
        .map(i -> Math.clamp(extent - i * size, 0, size))
        .boxed()
        .toList();
  }

  public static Value concat(OnnxNode node) {
    Value first = node.input(0);
    long stated =
        node.opset() < 4
            ? node.attributes().integer("axis", 1)
            : node.attributes().required("axis");
    int axis = node.axis(stated, first.shape().rank());
    return node.inputCount() == 1
        ? first
        : node.addAll(new Op.Concat(axis), node.inputs()).getFirst();
  }
}
