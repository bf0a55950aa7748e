package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.less;
import static io.edgewright.compiler.onnx.operators.Formulas.multiply;
import static io.edgewright.compiler.onnx.operators.Formulas.select;
import static io.edgewright.compiler.onnx.operators.Formulas.whole;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.TensorLimit;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/// Gather and its relatives. The others become Gather along the only axis of the flattened data:
/// their indices turn into positions in row-major order, by arithmetic on int64.
public final class Indexing {
  private static final ElementType INDEX = ElementType.INT64;

  private Indexing() {}

  public static Value gather(OnnxNode node) {
    Value data = node.input(0);
    Value indices = node.input(1);
    int axis = node.axis(node.attributes().integer("axis", 0), data.shape().rank());
    if (data.shape().dimensions().get(axis) instanceof Dimension.Fixed(long extent)) {
      checkKnown(node, indices, extent);
    }
    return node.add(new Op.Gather(axis), data, indices);
  }

  /// Indices that are known must be inside; others are the model's business at run time.
  private static void checkKnown(OnnxNode node, Value indices, long extent) {
    node.tensor(indices)
        .ifPresent(known ->
            Arrays.stream(known.toLongs())
                .filter(index -> index < -extent || index >= extent)
                .findFirst()
                .ifPresent(index -> {
                  throw node.invalid(
                      "index " + index,
                      "-" + extent + " to " + (extent - 1),
                      "check the indices and the shape of the data");
                }));
  }

  /// `out[i][j] = data[i][index[i][j]]` for axis 1 of two, and so on.
  public static Value gatherElements(OnnxNode node) {
    Value data = node.input(0);
    Value indices = node.input(1);
    Shape shape = data.shape();
    int rank = shape.rank();
    int axis = node.axis(node.attributes().integer("axis", 0), rank);
    checkElements(node, shape, indices.shape(), axis);
    Value positions = elementPositions(node, shape, indices, axis);
    return gatherFlat(node, data, positions);
  }

  static void checkElements(OnnxNode node, Shape data, Shape indices, int axis) {
    boolean fits = indices.rank() == data.rank();
    for (int i = 0; fits && i < data.rank(); i++) {
      fits = i == axis || indices.extent(i) <= data.extent(i);
    }
    if (!fits) {
      throw node.shapes(
          "indices " + indices + " into " + data,
          "the rank of the data, and no larger but along the axis",
          "check the shape of the indices");
    }
  }

  /// Row-major positions in data of what `indices` name along an axis.
  static Value elementPositions(OnnxNode node, Shape data, Value indices, int axis) {
    checkKnown(node, indices, data.extent(axis));
    long[] strides = data.rowMajorStrides();
    Shape shape = indices.shape();
    long[] places = new long[(int) shape.elements()];
    for (int at = 0; at < places.length; at++) {
      long rest = at;
      for (int i = shape.rank() - 1; i >= 0; i--) {
        places[at] += i == axis ? 0 : rest % shape.extent(i) * strides[i];
        rest /= shape.extent(i);
      }
    }
    Value around = node.constant(Tensor.ofLongs(shape, places));
    Expression along = multiply(wrapped(data.extent(axis)), whole(strides[axis]));
    return node.map(add(along, in(1)), node.convert(indices, INDEX), around);
  }

  /// The first input, counted from the front.
  private static Expression wrapped(long extent) {
    return select(less(x(), whole(0)), add(x(), whole(extent)), x());
  }

  private static Value gatherFlat(OnnxNode node, Value data, Value positions) {
    Value flat = node.reshape(data, Shape.of(data.shape().elements()));
    return node.add(new Op.Gather(0), flat, positions);
  }

  /// The last axis of the indices holds coordinates into the leading axes of the data.
  public static Value gatherNd(OnnxNode node) {
    Value data = node.input(0);
    Value indices = node.input(1);
    int batch = (int) node.attributes().integer("batch_dims", 0);
    Shape shape = data.shape();
    int width = checkCoordinates(node, shape, indices.shape(), batch);
    long[] extents = shape.extents();
    long outer = Reshaping.product(extents, 0, batch + width);
    Value rows =
        node.reshape(
            data, Shape.of(outer, Reshaping.product(extents, batch + width, extents.length)));
    Value positions = coordinatePositions(node, shape, indices, batch, width);
    Value gathered = node.add(new Op.Gather(0), rows, positions);
    List<Dimension> result = new ArrayList<>(positions.shape().dimensions());
    result.addAll(shape.dimensions().subList(batch + width, shape.rank()));
    return node.reshape(gathered, new Shape(result));
  }

  private static int checkCoordinates(OnnxNode node, Shape data, Shape indices, int batch) {
    long width = indices.rank() == 0 ? 0 : indices.extent(indices.rank() - 1);
    boolean fits =
        batch >= 0 && width >= 1 && batch < indices.rank() && batch + width <= data.rank();
    for (int axis = 0; fits && axis < batch; axis++) {
      fits = indices.extent(axis) == data.extent(axis);
    }
    if (!fits) {
      throw node.shapes(
          "indices " + indices + " into " + data + " with " + batch + " batch axes",
          "coordinates of at most the data's rank in the last axis",
          "check the shape of the indices");
    }
    return (int) width;
  }

  /// Row numbers of coordinates: their sum, each times the rows that it steps over.
  static Value coordinatePositions(OnnxNode node, Shape data, Value indices, int batch, int width) {
    Shape leading = new Shape(data.dimensions().subList(0, batch + width));
    long[] strides = leading.rowMajorStrides();
    int last = indices.shape().rank() - 1;
    Shape shape = Reshaping.without(indices.shape(), Set.of(last));
    Value wide = node.convert(indices, INDEX);
    Value sum =
        batch == 0
            ? node.constant(Tensor.ofLongs(Shape.SCALAR, 0))
            : node.constant(Tensor.ofLongs(shape, batchRows(shape, batch, strides)));
    for (int i = 0; i < width; i++) {
      Value coordinate = node.reshape(Slicing.part(node, wide, last, i, 1), shape);
      checkKnown(node, coordinate, leading.extent(batch + i));
      Expression term = multiply(wrapped(leading.extent(batch + i)), whole(strides[batch + i]));
      sum = node.map(add(term, in(1)), coordinate, sum);
    }
    return sum;
  }

  private static long[] batchRows(Shape shape, int batch, long[] strides) {
    long[] rows = new long[(int) shape.elements()];
    long[] own = shape.rowMajorStrides();
    for (int at = 0; at < rows.length; at++) {
      for (int axis = 0; axis < batch; axis++) {
        rows[at] += at / own[axis] % shape.extent(axis) * strides[axis];
      }
    }
    return rows;
  }

  /// 0, 1, 2... as int64.
  static Value range(OnnxNode node, long count) {
    TensorLimit.check(new TensorType(INDEX, Shape.of(count)));
    return node.constant(Tensor.ofLongs(Shape.of(count), LongStream.range(0, count).toArray()));
  }

  static Shape inserted(Shape shape, int axis, long extent) {
    List<Dimension> extents = new ArrayList<>(shape.dimensions());
    extents.add(axis, Dimension.of(extent));
    return new Shape(extents);
  }

  /// A Gather of what the condition marks, which may be shorter than the axis.
  public static Value compress(OnnxNode node) {
    Value x = node.input(0);
    boolean flat = !node.attributes().has("axis");
    int axis = flat ? 0 : node.axis(node.attributes().integer("axis", 0), x.shape().rank());
    Value data = flat ? node.reshape(x, x.shape().flat()) : x;
    Value condition = node.input(1);
    if (condition.shape().rank() != 1) {
      throw node.shapes("condition " + condition.shape(), "one axis", "make a list of it");
    }
    long marked = Math.min(condition.shape().extent(0), data.shape().extent(axis));
    Value marks = Slicing.part(node, condition, 0, 0, marked);
    Value taken = Constants.nonZero(node, marks);
    Shape list = new Shape(List.of(taken.shape().dimensions().get(1)));
    return node.add(new Op.Gather(axis), data, node.reshape(taken, list));
  }
}
