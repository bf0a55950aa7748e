package io.edgewright.compiler.onnx.operators;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.TensorLimit;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Values that are known when compiling: Constant, Shape, Size, Range, ConstantOfShape, EyeLike,
/// NonZero.
public final class Constants {
  private Constants() {}

  public static Value constant(OnnxNode node) {
    return node.constant(constantTensor(node));
  }

  private static Tensor constantTensor(OnnxNode node) {
    Attributes attributes = node.attributes();
    if (attributes.has("value_int")) {
      return Tensor.ofLongs(Shape.SCALAR, attributes.integer("value_int", 0));
    }
    if (attributes.has("value_float")) {
      return Tensor.ofFloats(Shape.SCALAR, (float) attributes.real("value_float", 0));
    }
    if (attributes.has("value_ints")) {
      return longs(attributes.integers("value_ints").orElseThrow());
    }
    if (attributes.has("value_floats")) {
      double[] values =
          attributes.reals("value_floats").orElseThrow().stream()
              .mapToDouble(Float::doubleValue)
              .toArray();
      return Tensor.ofDoubles(ElementType.FLOAT32, Shape.of(values.length), values);
    }
    if (attributes.has("sparse_value")) {
      return attributes
          .raw("sparse_value")
          .map(AttributeProto::getSparseTensor)
          .map(sparse -> SparseDecoder.decode(sparse, node.attributes().where("sparse_value")))
          .orElseThrow();
    }
    return attributes
        .tensor("value")
        .orElseThrow(() ->
            node.invalid(
                "no value of a kind that is supported",
                "value, sparse_value, value_int(s) or value_float(s)",
                "strings are not supported"));
  }

  private static Tensor longs(List<Long> values) {
    return Tensor.ofLongs(
        Shape.of(values.size()), values.stream().mapToLong(Long::longValue).toArray());
  }

  public static Value constantOfShape(OnnxNode node) {
    Shape shape = Reshaping.shape(node, node.counts(0, "input"));
    Tensor value =
        node.attributes().tensor("value").orElseGet(() -> Tensor.ofFloats(Shape.of(1), 0));
    if (value.size() != 1) {
      throw node.invalid("value " + value, "one element", "give a tensor of one element");
    }
    return expanded(node, value.withShape(Shape.SCALAR), shape);
  }

  private static Value expanded(OnnxNode node, Tensor scalar, Shape shape) {
    return node.add(new Op.Expand(shape), node.constant(scalar));
  }

  static Value allTrue(OnnxNode node, Shape shape) {
    return expanded(node, Tensor.ofIntegers(ElementType.BOOL, Shape.SCALAR, 1), shape);
  }

  /// Extents of the axes from `start` to `end`, which may be negative and are clamped.
  public static Value shape(OnnxNode node) {
    Value x = node.input(0);
    int rank = x.shape().rank();
    int start = clampAxis(node.attributes().integer("start", 0), rank);
    int end = clampAxis(node.attributes().integer("end", rank), rank);
    return Slicing.part(node, extents(node, x), 0, start, Math.max(0, end - start));
  }

  /// A constant where no extent depends on the run.
  private static Value extents(OnnxNode node, Value x) {
    return x.shape().isFixed()
        ? node.constant(Tensor.ofLongs(Shape.of(x.shape().rank()), x.shape().extents()))
        : node.add(new Op.Extents(), x);
  }

  private static int clampAxis(long axis, int rank) {
    return (int) Math.clamp(axis < 0 ? axis + rank : axis, 0, (long) rank);
  }

  public static Value size(OnnxNode node) {
    Op product = new Op.Reduce(Op.ReduceKind.PRODUCT, List.of(0));
    return node.reshape(node.add(product, extents(node, node.input(0))), Shape.SCALAR);
  }

  /// start, start + delta... as long as they are before the limit.
  public static Value range(OnnxNode node) {
    node.attributes().ignore("stash_type");
    Tensor start = node.scalar(0, "start");
    Optional<Count> end = node.runTimeCount(1);
    if (end.isPresent()) {
      return rangeOfARun(node, start, end.get());
    }
    double limit = node.scalar(1, "limit").getDouble(0);
    Tensor delta = node.scalar(2, "delta");
    if (delta.getDouble(0) == 0) {
      throw node.invalid("a delta of 0", "another number", "check `delta`");
    }
    double steps = Math.ceil((limit - start.getDouble(0)) / delta.getDouble(0));
    long count = (long) Math.max(0, steps);
    TensorLimit.check(new TensorType(start.element(), Shape.of(count)));
    Shape shape = Shape.of(count);
    if (!start.element().isFloat()) {
      long first = start.getLong(0);
      long step = delta.getLong(0);
      long[] values = LongStream.range(0, count).map(i -> first + i * step).toArray();
      return node.constant(Tensor.ofIntegers(start.element(), shape, values));
    }
    double first = start.getDouble(0);
    double step = delta.getDouble(0);
    double[] values = IntStream.range(0, (int) count).mapToDouble(i -> first + i * step).toArray();
    return node.constant(Tensor.ofDoubles(start.element(), shape, values));
  }

  /// The first of as many as there can be.
  private static Value rangeOfARun(OnnxNode node, Tensor start, Count limit) {
    long first = start.getLong(0);
    Count count = limit.minus(Count.of(first));
    if (node.integer(2, "delta") != 1 || count.minimum() < 0) {
      throw node.unsupported(
          "a range from " + first + " to `" + limit + "`",
          "steps of 1 up to an extent that is never below the start",
          "give a fixed number for the dimension in `dims`");
    }
    Shape most = Shape.of(count.maximum());
    TensorLimit.check(new TensorType(start.element(), most));
    long[] values = LongStream.range(first, limit.maximum()).toArray();
    Value all = node.constant(Tensor.ofIntegers(start.element(), most, values));
    Shape taken = new Shape(List.of(Dimension.of(count)));
    return node.add(new Op.Slice(List.of(0L), taken, List.of(1L)), all);
  }

  public static Value eyeLike(OnnxNode node) {
    Value x = node.input(0);
    if (x.shape().rank() != 2) {
      throw node.shapes("input " + x.shape(), "a matrix", "give a tensor of rank 2");
    }
    long k = node.attributes().integer("k", 0);
    ElementType type =
        node.attributes().has("dtype") ? Casting.attributeType(node, "dtype") : x.type().element();
    TensorLimit.check(new TensorType(type, x.shape()));
    long columns = x.shape().extent(1);
    double[] values =
        IntStream.range(0, (int) x.shape().elements())
            .mapToDouble(i -> i % columns - i / columns == k ? 1 : 0)
            .toArray();
    return node.constant(Tensor.ofDoubles(type, x.shape(), values));
  }

  /// How many there are depends on the values; there is room for all of them.
  public static Value nonZero(OnnxNode node) {
    return nonZero(node, node.input(0));
  }

  /// [axes, found]; a scalar counts as a list of one.
  static Value nonZero(OnnxNode node, Value given) {
    Value x = given.shape().rank() == 0 ? node.reshape(given, Shape.of(1)) : given;
    Dimension axes = Dimension.of(x.shape().rank());
    Dimension found = node.found(x.shape().atCapacity().elements());
    return found.equals(Dimension.of(0))
        ? node.constant(Tensor.ofLongs(new Shape(List.of(axes, found))))
        : node.add(new Op.NonZero(new Shape(List.of(axes, found))), x);
  }
}
