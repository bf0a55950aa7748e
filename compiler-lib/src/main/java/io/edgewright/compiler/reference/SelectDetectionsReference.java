package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.reference.Numbers.Reals;
import io.edgewright.compiler.reference.Numbers.Wholes;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// Threshold, non-maximum suppression and the way back into the picture, candidate by candidate.
final class SelectDetectionsReference {
  /// A box with one class, in pixels of the network's input.
  private record Candidate(double x0, double y0, double x1, double y1, double score, int label) {
    private static Candidate of(double[] boxes, int box, double score, int label) {
      int at = 4 * box;
      return new Candidate(
          Math.min(boxes[at], boxes[at + 2]),
          Math.min(boxes[at + 1], boxes[at + 3]),
          Math.max(boxes[at], boxes[at + 2]),
          Math.max(boxes[at + 1], boxes[at + 3]),
          score,
          label);
    }

    private boolean isNumber() {
      return !(Double.isNaN(x0) || Double.isNaN(y0) || Double.isNaN(x1) || Double.isNaN(y1));
    }

    private double area() {
      return (x1 - x0) * (y1 - y0);
    }

    /// Intersection over union; boxes that only touch have none.
    private double overlap(Candidate other) {
      double width = Math.min(x1, other.x1) - Math.max(x0, other.x0);
      double height = Math.min(y1, other.y1) - Math.max(y0, other.y0);
      if (width <= 0 || height <= 0) {
        return 0;
      }
      double common = width * height;
      return common / (area() + other.area() - common);
    }
  }

  private final Op.SelectDetections op;
  private final long pictureWidth;
  private final long pictureHeight;
  private final Placement placement;

  private SelectDetectionsReference(Op.SelectDetections op, Shape picture) {
    this.op = op;
    this.pictureHeight = picture.extent(0);
    this.pictureWidth = picture.extent(1);
    this.placement =
        Placement.of(op.fit(), pictureWidth, pictureHeight, op.inputWidth(), op.inputHeight());
  }

  static List<Numbers> run(Op.SelectDetections op, List<Numbers> inputs, List<TensorType> types) {
    SelectDetectionsReference reference = new SelectDetectionsReference(op, inputs.get(2).shape());
    List<double[]> rows =
        reference.rows(reference.candidates(inputs.get(0).toDoubles(), inputs.get(1)));
    double[] output = new double[6 * op.maximum()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, output, 6 * i, 6);
    }
    return List.of(
        new Reals(types.get(0), output), new Wholes(types.get(1), new long[] {rows.size()}));
  }

  /// Best first.
  private List<Candidate> candidates(double[] boxes, Numbers scores) {
    int classes = Math.toIntExact(scores.shape().extent(1));
    double[] values = scores.toDoubles();
    double threshold = (float) op.threshold();
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (i % classes >= op.firstClass() && values[i] >= threshold) {
        candidates.add(Candidate.of(boxes, i / classes, values[i] + 0.0, i % classes));
      }
    }
    candidates.removeIf(candidate -> !candidate.isNumber());
    candidates.sort(Comparator.comparingDouble(Candidate::score).reversed());
    return candidates;
  }

  private List<double[]> rows(List<Candidate> candidates) {
    List<Candidate> taken = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    for (Candidate candidate : candidates) {
      double[] row = row(candidate);
      boolean visible = row[0] < row[2] && row[1] < row[3];
      if (visible && rows.size() < op.maximum() && taken.stream().noneMatch(rival(candidate))) {
        taken.add(candidate);
        rows.add(row);
      }
    }
    return rows;
  }

  private Predicate<Candidate> rival(Candidate candidate) {
    return other ->
        (op.acrossClasses() || other.label == candidate.label)
            && other.overlap(candidate) > op.overlap();
  }

  /// In pixels of the picture, clipped to it.
  private double[] row(Candidate box) {
    double toWidth = (double) pictureWidth / placement.width();
    double toHeight = (double) pictureHeight / placement.height();
    return new double[] {
      Math.clamp((box.x0 - placement.left()) * toWidth, 0.0, (double) pictureWidth),
      Math.clamp((box.y0 - placement.top()) * toHeight, 0.0, (double) pictureHeight),
      Math.clamp((box.x1 - placement.left()) * toWidth, 0.0, (double) pictureWidth),
      Math.clamp((box.y1 - placement.top()) * toHeight, 0.0, (double) pictureHeight),
      box.score,
      box.label
    };
  }
}
