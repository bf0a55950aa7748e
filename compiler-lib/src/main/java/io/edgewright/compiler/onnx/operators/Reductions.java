package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.graph.ScalarFunction.ABSOLUTE;
import static io.edgewright.compiler.graph.ScalarFunction.EQUAL;
import static io.edgewright.compiler.graph.ScalarFunction.EXP;
import static io.edgewright.compiler.graph.ScalarFunction.IS_NEGATIVE_INFINITY;
import static io.edgewright.compiler.graph.ScalarFunction.IS_POSITIVE_INFINITY;
import static io.edgewright.compiler.graph.ScalarFunction.LOG;
import static io.edgewright.compiler.graph.ScalarFunction.OR;
import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.apply;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.root;
import static io.edgewright.compiler.onnx.operators.Formulas.select;
import static io.edgewright.compiler.onnx.operators.Formulas.square;
import static io.edgewright.compiler.onnx.operators.Formulas.subtract;
import static io.edgewright.compiler.onnx.operators.Formulas.whole;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Op.ReduceKind;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// ReduceSum and its kin, ArgMax, ArgMin and TopK.
public final class Reductions {
  private Reductions() {}

  public static Importer.Single plain(ReduceKind kind) {
    return reduce(x(), kind, x());
  }

  public static Importer.Single l1() {
    return reduce(apply(ABSOLUTE, x()), ReduceKind.SUM, x());
  }

  public static Importer.Single l2() {
    return reduce(square(x()), ReduceKind.SUM, root(x()));
  }

  public static Importer.Single sumOfSquares() {
    return reduce(square(x()), ReduceKind.SUM, x());
  }

  public static Importer.Single logarithmOfSum() {
    return reduce(x(), ReduceKind.SUM, apply(LOG, x()));
  }

  /// after(reduce(before(x)))
  private static Importer.Single reduce(Expression before, ReduceKind kind, Expression after) {
    return node -> {
      Value x = node.input(0);
      Optional<List<Integer>> axes = axes(node, x.shape().rank());
      if (axes.isEmpty()) {
        return x;
      }
      Value prepared = mapped(node, before, x);
      return finish(node, mapped(node, after, sum(node, kind, axes.get(), prepared)), axes.get());
    };
  }

  private static Value mapped(OnnxNode node, Expression expression, Value x) {
    return expression.equals(x()) ? x : node.map(expression, x);
  }

  /// Bools are reduced as numbers.
  private static Value sum(OnnxNode node, ReduceKind kind, List<Integer> axes, Value x) {
    if (x.type().element() == ElementType.BOOL) {
      Value numbers = node.convert(x, ElementType.UINT8);
      return node.convert(node.add(new Op.Reduce(kind, axes), numbers), ElementType.BOOL);
    }
    return node.add(new Op.Reduce(kind, axes), x);
  }

  /// log(sum(exp(x - m))) + m with the maximum m, so that exp cannot overflow.
  public static Value logarithmOfSumOfPowers(OnnxNode node) {
    Value x = node.input(0);
    Optional<List<Integer>> axes = axes(node, x.shape().rank());
    if (axes.isEmpty()) {
      return x;
    }
    ElementType type = x.type().element();
    Value most = node.add(new Op.Reduce(ReduceKind.MAXIMUM, axes.get()), x);
    Expression infinite =
        apply(OR, apply(IS_POSITIVE_INFINITY, x()), apply(IS_NEGATIVE_INFINITY, x()));
    Value shift = node.map(select(infinite, number(type, 0), x()), most);
    Value powers = node.map(apply(EXP, subtract(x(), in(1))), x, shift);
    Value sum = node.add(new Op.Reduce(ReduceKind.SUM, axes.get()), powers);
    return finish(node, node.map(add(apply(LOG, x()), in(1)), sum, shift), axes.get());
  }

  /// Axes to reduce, sorted: none given means all, or nothing at all where the model says so (empty
  /// result). They are an input from opset 18 on (13 for ReduceSum), before an attribute.
  private static Optional<List<Integer>> axes(OnnxNode node, int rank) {
    boolean keepsAll = node.attributes().flag("noop_with_empty_axes", false);
    node.attributes().ignore("keepdims");
    int since = node.operator().equals("ReduceSum") ? 13 : 18;
    List<Long> stated =
        (node.opset() < since
                ? node.attributes().integers("axes")
                : node.optionalIntegers(1, "axes"))
            .orElse(List.of());
    if (!stated.isEmpty()) {
      return Optional.of(
          stated.stream().map(axis -> node.axis(axis, rank)).distinct().sorted().toList());
    }
    return keepsAll ? Optional.empty() : Optional.of(IntStream.range(0, rank).boxed().toList());
  }

  private static Value finish(OnnxNode node, Value reduced, List<Integer> axes) {
    return node.attributes().flag("keepdims", true)
        ? reduced
        : node.reshape(reduced, Reshaping.without(reduced.shape(), new HashSet<>(axes)));
  }

  public static Importer.Single argument(boolean largest) {
    return node -> {
      Value x = node.input(0);
      int axis = node.axis(node.attributes().integer("axis", 0), x.shape().rank());
      boolean last = node.attributes().flag("select_last_index", false);
      if (x.shape().dimensions().get(axis).count().minimum() == 0) {
        throw node.shapes("axis " + axis + " of " + x.shape(), "an axis with elements", "check it");
      }
      Value found = node.add(new Op.ArgumentReduce(axis, largest, last), x);
      return finish(node, found, List.of(axis));
    };
  }

  public static List<Value> topK(OnnxNode node) {
    Value x = node.input(0);
    boolean attribute = node.opset() < 10;
    long count = attribute ? node.attributes().required("k") : node.integer(1, "K");
    int axis = node.axis(node.attributes().integer("axis", -1), x.shape().rank());
    boolean largest = node.attributes().flag("largest", true);
    node.attributes().ignore("sorted");
    return node.addAll(new Op.TopK(axis, count, largest), List.of(x));
  }

  /// [off..., on at the index..., off] along a new axis.
  public static Value oneHot(OnnxNode node) {
    Value indices = node.convert(node.input(0), ElementType.INT64);
    long depth = (long) node.scalar(1, "depth").getDouble(0);
    Value values = node.input(2);
    int rank = indices.shape().rank();
    int axis = node.axis(node.attributes().integer("axis", -1), rank + 1);
    if (depth < 0 || !values.shape().equals(Shape.of(2))) {
      throw node.invalid(
          "depth " + depth + " and values " + values.shape(), "0 or more, and [2]", "check both");
    }
    Value positions = Indexing.range(node, depth);
    Shape line = Activations.alongChannels(depth, rank - axis + 2);
    Expression wrapped = select(Formulas.less(x(), whole(0)), add(x(), whole(depth)), x());
    Value column =
        node.reshape(node.map(wrapped, indices), Indexing.inserted(indices.shape(), axis, 1));
    Value off = node.reshape(Slicing.part(node, values, 0, 0, 1), Shape.SCALAR);
    Value on = node.reshape(Slicing.part(node, values, 0, 1, 1), Shape.SCALAR);
    Expression hot = select(apply(EQUAL, x(), in(1)), in(2), in(3));
    return node.map(hot, column, node.reshape(positions, line), on, off);
  }
}
