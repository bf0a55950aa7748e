package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.tensor.Shape;
import java.util.Arrays;

/// Resampling, one axis after the other (linear and cubic weights are products over the axes).
final class ResizeReference {
  private static final double CUBIC = -0.75;

  private ResizeReference() {}

  static Numbers run(Op.Resize op, Numbers x) {
    if (op.mode() == Op.ResizeMode.NEAREST) {
      int[] sources =
          Positions.perAxis(
              x.shape(), op.shape(), (axis, i) -> nearest(op, axis, i, x.shape().extent(axis)));
      return x.pick(op.shape(), sources, 0);
    }
    double[] values = x.toDoubles();
    Shape shape = x.shape();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (op.scales().get(axis) != 1 || op.shape().extent(axis) != shape.extent(axis)) {
        values = resample(op, axis, values, shape);
        shape = shape.with(axis, op.shape().extent(axis));
      }
    }
    return Numbers.ofDoubles(x.type().withShape(shape), values);
  }

  private static int nearest(Op.Resize op, int axis, int i, long extent) {
    double position = position(op, axis, i, extent);
    double index =
        switch (op.nearest()) {
          case ROUND_PREFER_FLOOR -> Math.ceil(position - 0.5);
          case ROUND_PREFER_CEIL -> Math.floor(position + 0.5);
          case FLOOR -> Math.floor(position);
          case CEIL -> Math.ceil(position);
        };
    return (int) Math.clamp(index, 0, (double) extent - 1);
  }

  private static double position(Op.Resize op, int axis, int i, long extent) {
    double scale = op.scales().get(axis);
    long output = op.shape().extent(axis);
    return switch (op.coordinates()) {
      case HALF_PIXEL -> (i + 0.5) / scale - 0.5;
      case PYTORCH_HALF_PIXEL -> output > 1 ? (i + 0.5) / scale - 0.5 : 0;
      case ALIGN_CORNERS -> output > 1 ? i * (extent - 1.0) / (output - 1.0) : 0;
      case ASYMMETRIC -> i / scale;
    };
  }

  private static double[] resample(Op.Resize op, int axis, double[] input, Shape shape) {
    int extent = Math.toIntExact(shape.extent(axis));
    int reached = Math.toIntExact(op.shape().extent(axis));
    int inner = Math.toIntExact(shape.rowMajorStrides()[axis]);
    int outer = input.length / (extent * inner);
    double[] output = new double[Math.multiplyExact(outer * inner, reached)];
    for (int i = 0; i < reached; i++) {
      double position = position(op, axis, i, extent);
      double[] weights = weights(op.mode(), position - Math.floor(position));
      int first = (int) Math.floor(position) - (weights.length / 2 - 1);
      for (int tap = 0; tap < weights.length; tap++) {
        int source = Math.clamp(first + tap, 0, extent - 1);
        for (int block = 0; block < outer; block++) {
          int from = (block * extent + source) * inner;
          int to = (block * reached + i) * inner;
          for (int j = 0; j < inner; j++) {
            output[to + j] += weights[tap] * input[from + j];
          }
        }
      }
    }
    return output;
  }

  /// Weights of the samples around a position that is `fraction` past the one before it.
  private static double[] weights(Op.ResizeMode mode, double fraction) {
    return switch (mode) {
      case NEAREST -> new double[] {1};
      case LINEAR -> new double[] {1 - fraction, fraction};
      case CUBIC ->
          Arrays.stream(new double[] {1 + fraction, fraction, 1 - fraction, 2 - fraction})
              .map(ResizeReference::cubic)
              .toArray();
    };
  }

  private static double cubic(double distance) {
    double d = distance;
    return d <= 1
        ? ((CUBIC + 2) * d - (CUBIC + 3)) * d * d + 1
        : ((CUBIC * d - 5 * CUBIC) * d + 8 * CUBIC) * d - 4 * CUBIC;
  }
}
