package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
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
    Shape shape = x.shape();
    boolean old = node.opset() < 10;
    List<Long> starts = old ? required(node, "starts") : node.integers(1, "starts");
    List<Long> ends = old ? required(node, "ends") : node.integers(2, "ends");
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
    Range[] ranges = Arrays.stream(shape.extents()).mapToObj(Range::all).toArray(Range[]::new);
    for (int i = 0; i < starts.size(); i++) {
      int axis = node.axis(axes.get(i), shape.rank());
      if (steps.get(i) == 0) {
        throw node.invalid("a step of 0", "another number", "check `steps`");
      }
      ranges[axis] = Range.of(starts.get(i), ends.get(i), steps.get(i), shape.extent(axis));
    }
    return slice(node, x, List.of(ranges));
  }

  private static List<Long> required(OnnxNode node, String attribute) {
    return node.attributes()
        .integers(attribute)
        .orElseThrow(() ->
            node.attributes().invalid(attribute, "no value", "integers", "give the attribute"));
  }

  /// Elements start, start + step... of an axis.
  record Range(long start, long count, long step) {
    static Range all(long extent) {
      return new Range(0, extent, 1);
    }

    /// Backwards, `end` may lie before the first element.
    static Range of(long start, long end, long step, long extent) {
      long least = step > 0 ? 0 : -1;
      long most = step > 0 ? extent : extent - 1;
      long from = Math.clamp(start < 0 ? start + extent : start, least, most);
      long to = Math.clamp(end < 0 ? end + extent : end, least, most);
      long distance = step > 0 ? to - from : from - to;
      // a step past the extent takes one element; its negation must not overflow
      long size = step > 0 ? Math.min(step, extent + 1) : -Math.max(step, -extent - 1);
      long count = distance <= 0 ? 0 : Math.ceilDiv(distance, size);
      return new Range(count == 0 ? 0 : from, count, step > 0 ? size : -size);
    }
  }

  static Value slice(OnnxNode node, Value x, List<Range> ranges) {
    boolean whole = true;
    for (int axis = 0; axis < ranges.size(); axis++) {
      whole &= ranges.get(axis).equals(Range.all(x.shape().extent(axis)));
    }
    return whole
        ? x
        : node.add(
            new Op.Slice(
                ranges.stream().map(Range::start).toList(),
                ranges.stream().map(Range::count).toList(),
                ranges.stream().map(Range::step).toList()),
            x);
  }

  /// `count` elements of one axis from `start` on.
  static Value part(OnnxNode node, Value x, int axis, long start, long count) {
    List<Range> ranges = new ArrayList<>();
    Arrays.stream(x.shape().extents()).mapToObj(Range::all).forEach(ranges::add);
    ranges.set(axis, new Range(start, count, 1));
    return slice(node, x, ranges);
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
