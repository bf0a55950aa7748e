package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.select;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/// Pad; negative amounts cut instead.
public final class Padding {
  private Padding() {}

  public static Value read(OnnxNode node) {
    Value x = node.input(0);
    String mode =
        node.attributes().word("mode", "constant", List.of("constant", "reflect", "edge", "wrap"));
    double attributeValue = node.attributes().real("value", 0);
    int rank = x.shape().rank();
    long[] begin = new long[rank];
    long[] end = new long[rank];
    List<Long> amounts = amounts(node);
    List<Long> axes =
        node.optional(3).isPresent()
            ? node.integers(3, "axes")
            : LongStream.range(0, rank).boxed().toList();
    if (amounts.size() != 2 * axes.size()) {
      throw node.shapes(
          amounts.size() + " pads for " + axes.size() + " axes of " + x.shape(),
          2 * axes.size() + " numbers",
          "give the begin of every axis, then the end of every axis");
    }
    for (int i = 0; i < axes.size(); i++) {
      int axis = node.axis(axes.get(i), rank);
      begin[axis] = amounts.get(i);
      end[axis] = amounts.get(i + axes.size());
    }
    Value kept = cut(node, x, begin, end);
    Op.PadMode padMode = Op.PadMode.valueOf(mode.toUpperCase(Locale.ROOT));
    Optional<Value> fill = node.optional(2).filter(_ -> padMode == Op.PadMode.CONSTANT);
    return fill.isPresent()
        ? filled(node, kept, begin, end, fill.get())
        : pad(node, kept, padMode, begin, end, attributeValue);
  }

  private static List<Long> amounts(OnnxNode node) {
    return node.opset() >= 11
        ? node.integers(1, "pads")
        : node.attributes()
            .integers(node.opset() == 1 ? "paddings" : "pads")
            .orElseThrow(() -> node.invalid("no pads", "integers", "give `pads`"));
  }

  private static Value cut(OnnxNode node, Value x, long[] begin, long[] end) {
    Value kept = x;
    for (int axis = 0; axis < begin.length; axis++) {
      if (begin[axis] >= 0 && end[axis] >= 0) {
        continue;
      }
      long extent = x.shape().extent(axis);
      long from = Math.max(0, -begin[axis]);
      long count = extent - from - Math.max(0, -end[axis]);
      if (begin[axis] == Long.MIN_VALUE || end[axis] == Long.MIN_VALUE || count < 0) {
        throw node.shapes(
            "pads " + begin[axis] + " and " + end[axis] + " at extent " + extent,
            "negative amounts of at most the extent",
            "check `pads`");
      }
      kept = Slicing.part(node, kept, axis, from, count);
    }
    return kept;
  }

  private static Value pad(
      OnnxNode node, Value x, Op.PadMode mode, long[] begin, long[] end, double value) {
    List<Long> before = LongStream.of(begin).map(n -> Math.max(0, n)).boxed().toList();
    List<Long> after = LongStream.of(end).map(n -> Math.max(0, n)).boxed().toList();
    boolean none = before.stream().allMatch(n -> n == 0) && after.stream().allMatch(n -> n == 0);
    return none ? x : node.add(new Op.Pad(mode, before, after, value), x);
  }

  /// A fill value that is known is part of the operator; one that is computed is chosen afterwards
  /// wherever a mask, padded alike, says so.
  private static Value filled(OnnxNode node, Value x, long[] begin, long[] end, Value fill) {
    if (fill.shape().elements() != 1) {
      throw node.invalid(
          "a fill value " + fill.type(), "a single number", "give `constant_value` as a scalar");
    }
    if (node.tensor(fill).isPresent()) {
      double value = node.tensor(fill).get().getDouble(0);
      return pad(node, x, Op.PadMode.CONSTANT, begin, end, value);
    }
    Value inside =
        pad(node, Constants.allTrue(node, x.shape()), Op.PadMode.CONSTANT, begin, end, 0);
    Value padded = pad(node, x, Op.PadMode.CONSTANT, begin, end, 0);
    return node.map(select(x(), in(1), in(2)), inside, padded, node.reshape(fill, Shape.SCALAR));
  }
}
