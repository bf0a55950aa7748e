package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.reference.Numbers.Reals;
import io.edgewright.compiler.reference.Numbers.Wholes;
import io.edgewright.compiler.tensor.TensorType;

/// The largest or the mean element under a window, for each plane of the input.
final class PoolReference {
  private PoolReference() {}

  static Numbers run(Op.Pool op, Numbers x, TensorType type) {
    int[][] positions = Positions.window(op.window(), x.shape(), type.shape());
    Numbers output = Numbers.allocate(type);
    int planes = Math.toIntExact(type.shape().extent(0) * type.shape().extent(1));
    int inputPlane = planes == 0 ? 0 : x.size() / planes;
    int outputPlane = planes == 0 ? 0 : output.size() / planes;
    Products.parallel(
        planes,
        plane -> {
          for (int i = 0; i < outputPlane; i++) {
            int target = plane * outputPlane + i;
            switch (output) {
              case Reals(TensorType _, double[] values) ->
                  values[target] =
                      pool(op.kind(), ((Reals) x).values(), positions, i, plane * inputPlane);
              case Wholes(TensorType _, long[] values) ->
                  values[target] = pool(op.kind(), (Wholes) x, positions, i, plane * inputPlane);
            }
          }
        });
    return output;
  }

  private static double pool(
      Op.PoolKind kind, double[] input, int[][] positions, int at, int plane) {
    double largest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int count = 0;
    for (int[] sources : positions) {
      if (sources[at] >= 0) {
        double value = input[plane + sources[at]];
        largest = Math.max(largest, value);
        sum += value;
        count++;
      }
    }
    return switch (kind) {
      case MAXIMUM -> largest;
      case AVERAGE -> sum / count;
      case AVERAGE_WITH_PADDING -> sum / positions.length;
    };
  }

  private static long pool(Op.PoolKind kind, Wholes input, int[][] positions, int at, int plane) {
    long largest = 0;
    long sum = 0;
    int count = 0;
    for (int[] sources : positions) {
      if (sources[at] >= 0) {
        long value = input.values()[plane + sources[at]];
        boolean larger = count == 0 || WholeFunctions.compare(input.element(), value, largest) > 0;
        largest = larger ? value : largest;
        sum += value;
        count++;
      }
    }
    return switch (kind) {
      case MAXIMUM -> largest;
      case AVERAGE -> count == 0 ? 0 : sum / count;
      case AVERAGE_WITH_PADDING -> sum / positions.length;
    };
  }
}
