package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;

/// Where the elements along one axis of a resized tensor come from: for each, `count` input
/// elements in a row and what each of them weighs.
///
/// @param sources distance of each from the input's first element
/// @param weights in the type that sums are computed in; all 1 where `count` is 1
record ResizeTaps(int count, Tensor sources, Tensor weights) {
  private static final double CUBIC = -0.75;

  /// @param stride from one input element to the next
  static ResizeTaps of(Op.Resize op, int axis, long inputExtent, long stride, ElementType element) {
    int outputExtent = Math.toIntExact(op.shape().extent(axis));
    int count =
        switch (op.mode()) {
          case NEAREST -> 1;
          case LINEAR -> 2;
          case CUBIC -> 4;
        };
    long[] sources = new long[outputExtent * count];
    double[] weights = new double[outputExtent * count];
    for (int i = 0; i < outputExtent; i++) {
      double position = position(op, axis, i, inputExtent);
      int before = count / 2 - 1;
      double first = count == 1 ? nearest(op.nearest(), position) : Math.floor(position) - before;
      for (int tap = 0; tap < count; tap++) {
        long source = (long) Math.clamp(first + tap, 0, inputExtent - 1.0);
        sources[i * count + tap] = source * stride;
        weights[i * count + tap] = weight(count, Math.abs(position - (first + tap)));
      }
    }
    Shape shape = Shape.of(sources.length);
    return new ResizeTaps(
        count, Tensor.ofLongs(shape, sources), Tensor.ofDoubles(element, shape, weights));
  }

  private static double position(Op.Resize op, int axis, int i, long inputExtent) {
    double scale = op.scales().get(axis);
    long outputExtent = op.shape().extent(axis);
    double halfPixel = (i + 0.5) / scale - 0.5;
    return switch (op.coordinates()) {
      case HALF_PIXEL -> halfPixel;
      case PYTORCH_HALF_PIXEL -> outputExtent == 1 ? 0 : halfPixel;
      case ALIGN_CORNERS -> outputExtent == 1 ? 0 : i * (inputExtent - 1.0) / (outputExtent - 1.0);
      case ASYMMETRIC -> i / scale;
    };
  }

  private static double nearest(Op.NearestMode mode, double position) {
    return switch (mode) {
      case ROUND_PREFER_FLOOR -> Math.ceil(position - 0.5);
      case ROUND_PREFER_CEIL -> Math.floor(position + 0.5);
      case FLOOR -> Math.floor(position);
      case CEIL -> Math.ceil(position);
    };
  }

  /// What an element at a distance weighs; for four taps Keys' cubic.
  private static double weight(int count, double d) {
    return switch (count) {
      case 1 -> 1;
      case 2 -> 1 - d;
      default ->
          d <= 1
              ? (CUBIC + 2) * d * d * d - (CUBIC + 3) * d * d + 1
              : CUBIC * (d * d * d - 5 * d * d + 8 * d - 4);
    };
  }
}
