package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.reference.Numbers.Reals;
import io.edgewright.compiler.reference.Numbers.Wholes;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Operators that look along one axis: Softmax, ArgumentReduce, TopK. An element is found at
/// `(outer * extent + i) * inner + rest`.
final class AxisReference {
  private final Numbers input;
  private final int extent;
  private final int inner;

  private AxisReference(Numbers input, int axis) {
    this.input = input;
    this.extent = Math.toIntExact(input.shape().extent(axis));
    this.inner = Math.toIntExact(input.shape().rowMajorStrides()[axis]);
  }

  private int lines() {
    return extent == 0 ? 0 : input.size() / extent;
  }

  private int position(int line, int i) {
    return (line / inner * extent + i) * inner + line % inner;
  }

  static Numbers softmax(Op.Softmax op, Numbers x) {
    AxisReference axis = new AxisReference(x, op.axis());
    double[] input = x.toDoubles();
    double[] output = new double[input.length];
    Products.parallel(axis.lines(), line -> axis.softmaxLine(line, op.logarithm(), input, output));
    return new Reals(x.type(), output);
  }

  private void softmaxLine(int line, boolean logarithm, double[] input, double[] output) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < extent; i++) {
      largest = Math.max(largest, input[position(line, i)]);
    }
    double sum = 0;
    for (int i = 0; i < extent; i++) {
      double power = StrictMath.exp(input[position(line, i)] - largest);
      output[position(line, i)] = power;
      sum += power;
    }
    for (int i = 0; i < extent; i++) {
      int at = position(line, i);
      output[at] = logarithm ? input[at] - largest - StrictMath.log(sum) : output[at] / sum;
    }
  }

  static Numbers argument(Op.ArgumentReduce op, Numbers x) {
    AxisReference axis = new AxisReference(x, op.axis());
    TensorType type = x.type().withShape(x.shape().with(op.axis(), 1));
    long[] output = new long[Math.toIntExact(type.shape().elements())];
    Comparator<Integer> order = axis.order(op.largest());
    for (int line = 0; line < axis.lines(); line++) {
      int best = 0;
      for (int i = 1; i < axis.extent; i++) {
        int compared = order.compare(axis.position(line, i), axis.position(line, best));
        best = compared < 0 || (compared == 0 && op.last()) ? i : best;
      }
      output[line] = best;
    }
    return new Wholes(type.withElement(ElementType.INT64), output);
  }

  static List<Numbers> topK(Op.TopK op, Numbers x) {
    AxisReference axis = new AxisReference(x, op.axis());
    Shape shape = x.shape().with(op.axis(), op.count());
    Comparator<Integer> order = axis.order(op.largest());
    int count = Math.toIntExact(op.count());
    int[] sources = new int[Math.toIntExact(shape.elements())];
    long[] indices = new long[sources.length];
    for (int line = 0; line < axis.lines(); line++) {
      int current = line;
      List<Integer> sorted =
          IntStream.range(0, axis.extent)
              .boxed()
              .sorted(Comparator.comparing(i -> axis.position(current, i), order))
              .toList();
      for (int i = 0; i < count; i++) {
        int at = (line / axis.inner * count + i) * axis.inner + line % axis.inner;
        sources[at] = axis.position(line, sorted.get(i));
        indices[at] = sorted.get(i);
      }
    }
    TensorType type = new TensorType(ElementType.INT64, shape);
    return new ArrayList<>(List.of(x.pick(shape, sources, 0), new Wholes(type, indices)));
  }

  /// Positions ordered by their elements, best first; NaN is larger than every number.
  private Comparator<Integer> order(boolean largest) {
    Comparator<Integer> rising =
        switch (input) {
          case Reals(TensorType _, double[] values) ->
              (a, b) -> Double.compare(values[a] + 0.0, values[b] + 0.0);
          case Wholes(TensorType type, long[] values) ->
              (a, b) -> WholeFunctions.compare(type.element(), values[a], values[b]);
        };
    return largest ? rising.reversed() : rising;
  }
}
