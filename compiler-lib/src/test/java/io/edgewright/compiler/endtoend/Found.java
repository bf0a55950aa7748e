package io.edgewright.compiler.endtoend;

import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.OutputDescription.Detections;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// An object in a picture.
record Found(String label, double score, Box box) {
  record Box(double x0, double y0, double x1, double y1) {
    /// Intersection over union.
    double overlap(Box other) {
      double width = Math.min(x1, other.x1) - Math.max(x0, other.x0);
      double height = Math.min(y1, other.y1) - Math.max(y0, other.y0);
      double common = Math.max(width, 0) * Math.max(height, 0);
      return common / (area() + other.area() - common);
    }

    private double area() {
      return (x1 - x0) * (y1 - y0);
    }

    Box shifted(double x, double y) {
      return new Box(x0 + x, y0 + y, x1 + x, y1 + y);
    }
  }

  /// From a graph's two outputs, rows and their count, or from a compiled program's rows alone.
  static List<Found> of(List<Tensor> results, Manifest manifest) {
    List<String> labels = ((Detections) manifest.output()).labels();
    double[] rows = results.getFirst().toDoubles();
    long count = results.size() == 2 ? results.getLast().getLong(0) : rows.length / 6;
    List<Found> found = new ArrayList<>();
    for (int at = 0; at < 6 * count; at += 6) {
      Box box = new Box(rows[at], rows[at + 1], rows[at + 2], rows[at + 3]);
      found.add(new Found(labels.get((int) rows[at + 5]), rows[at + 4], box));
    }
    return found;
  }
}
