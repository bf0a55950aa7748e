package io.edgewright.compiler.reference;

import io.edgewright.compiler.reference.Numbers.Wholes;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Of boxes that overlap the best, as ONNX NonMaxSuppression says it.
final class NonMaxSuppressionReference {
  private record Box(double x0, double y0, double x1, double y1) {
    /// @param at where the four numbers begin
    private static Box of(double[] numbers, int at, boolean centers) {
      double a = numbers[at];
      double b = numbers[at + 1];
      double c = numbers[at + 2];
      double d = numbers[at + 3];
      return centers
          ? new Box(a - c / 2, b - d / 2, a + c / 2, b + d / 2)
          : new Box(Math.min(b, d), Math.min(a, c), Math.max(b, d), Math.max(a, c));
    }

    private double area() {
      return (x1 - x0) * (y1 - y0);
    }

    private double overlap(Box other) {
      double width = Math.min(x1, other.x1) - Math.max(x0, other.x0);
      double height = Math.min(y1, other.y1) - Math.max(y0, other.y0);
      if (!(width > 0) || !(height > 0)) {
        return 0;
      }
      double common = width * height;
      return common / (area() + other.area() - common);
    }
  }

  private final boolean centers;
  private final double[] boxes;
  private final double[] scores;
  private final int count;
  private final long most;
  private final double overlap;
  private final double threshold;

  private NonMaxSuppressionReference(boolean centers, List<Numbers> inputs) {
    this.centers = centers;
    this.boxes = inputs.get(0).toDoubles();
    this.scores = inputs.get(1).toDoubles();
    this.count = Math.toIntExact(inputs.get(0).shape().extent(1));
    this.most = (long) inputs.get(2).toDoubles()[0];
    this.overlap = inputs.get(3).toDoubles()[0];
    this.threshold = inputs.get(4).toDoubles()[0];
  }

  static Numbers run(boolean centers, List<Numbers> inputs) {
    NonMaxSuppressionReference reference = new NonMaxSuppressionReference(centers, inputs);
    Shape shape = inputs.get(1).shape();
    List<long[]> rows = new ArrayList<>();
    for (int batch = 0; batch < shape.extent(0); batch++) {
      for (int label = 0; label < shape.extent(1); label++) {
        int line = Math.toIntExact(batch * shape.extent(1) + label);
        for (int box : reference.kept(batch, line)) {
          rows.add(new long[] {batch, label, box});
        }
      }
    }
    TensorType type = new TensorType(ElementType.INT64, Shape.of(rows.size(), 3));
    return new Wholes(type, rows.stream().flatMapToLong(Arrays::stream).toArray());
  }

  /// Indices of the boxes of one class, best first.
  private List<Integer> kept(int batch, int line) {
    List<Integer> candidates =
        IntStream.range(0, count)
            .filter(box -> scores[line * count + box] > threshold)
            .boxed()
            .sorted(Comparator.comparingDouble(box -> -scores[line * count + box]))
            .toList();
    List<Integer> kept = new ArrayList<>();
    for (int candidate : candidates) {
      boolean free =
          kept.stream()
              .noneMatch(other -> box(batch, other).overlap(box(batch, candidate)) > overlap);
      if (free && kept.size() < most) {
        kept.add(candidate);
      }
    }
    return kept;
  }

  private Box box(int batch, int index) {
    return Box.of(boxes, 4 * (batch * count + index), centers);
  }
}
