package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// Where each output element comes from. A table holds, for every output index along one axis, the
/// distance in the input (index times stride), or a negative number for padding; the position of an
/// element is the sum over its axes.
final class Positions {
  private static final int PADDING = -1;

  private Positions() {}

  /// All positions in row-major order of the output.
  static int[] of(List<int[]> tables) {
    int[] positions = {0};
    for (int[] table : tables) {
      int[] next = new int[Math.multiplyExact(positions.length, table.length)];
      int at = 0;
      for (int outer : positions) {
        for (int inner : table) {
          next[at++] = outer < 0 || inner < 0 ? PADDING : outer + inner;
        }
      }
      positions = next;
    }
    return positions;
  }

  /// One table: the input index of each output index (negative: padding) times a stride.
  static int[] table(long extent, long stride, IntUnaryOperator index) {
    int[] table = new int[Math.toIntExact(extent)];
    for (int i = 0; i < table.length; i++) {
      int source = index.applyAsInt(i);
      table[i] = source < 0 ? PADDING : Math.toIntExact(source * stride);
    }
    return table;
  }

  static int[] transpose(List<Integer> order, Shape input) {
    long[] strides = input.rowMajorStrides();
    return of(
        order.stream().map(axis -> table(input.extent(axis), strides[axis], i -> i)).toList());
  }

  static int[] slice(Op.Slice slice, Shape input) {
    return perAxis(
        input,
        slice.shape(),
        (axis, i) -> Math.toIntExact(slice.starts().get(axis) + i * slice.steps().get(axis)));
  }

  /// Repeats extents of 1, aligned at the last axes.
  static int[] expand(Shape from, Shape to) {
    Shape aligned = from;
    while (aligned.rank() < to.rank()) {
      aligned = Shape.of(prepend(aligned.extents()));
    }
    Shape source = aligned;
    return perAxis(source, to, (axis, i) -> source.extent(axis) == 1 ? 0 : i);
  }

  static int[] pad(Op.Pad pad, Shape input, Shape output) {
    return perAxis(
        input,
        output,
        (axis, i) -> padded(pad.mode(), i - pad.begin().get(axis), input.extent(axis)));
  }

  private static int padded(Op.PadMode mode, long index, long extent) {
    if (index >= 0 && index < extent) {
      return (int) index;
    }
    return switch (mode) {
      case CONSTANT -> PADDING;
      case EDGE -> (int) Math.clamp(index, 0, extent - 1);
      case WRAP -> (int) Math.floorMod(index, extent);
      case REFLECT -> (int) (index < 0 ? -index : 2 * (extent - 1) - index);
    };
  }

  /// Positions in one plane of what each step of a window's kernel reads: `[kernel step][output]`.
  static int[][] window(Window window, Shape input, Shape output) {
    int[] steps = window.kernel().stream().mapToInt(Integer::intValue).toArray();
    int count = 1;
    for (int step : steps) {
      count *= step;
    }
    Shape plane = new Shape(input.dimensions().subList(2, input.rank()));
    Shape reached = new Shape(output.dimensions().subList(2, output.rank()));
    int[][] positions = new int[count][];
    for (int step = 0; step < count; step++) {
      int[] at = unravel(step, steps);
      positions[step] =
          perAxis(
              plane,
              reached,
              (axis, i) -> {
                int index =
                    i * window.strides().get(axis)
                        + at[axis] * window.dilations().get(axis)
                        - window.padsBegin().get(axis);
                return index < plane.extent(axis) ? index : PADDING;
              });
    }
    return positions;
  }

  private static int[] unravel(int number, int[] extents) {
    int[] indices = new int[extents.length];
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      indices[axis] = number % extents[axis];
      number /= extents[axis];
    }
    return indices;
  }

  /// Input index of output index `i` along `axis`.
  interface AxisIndex {
    int index(int axis, int i);
  }

  /// For each element of a tensor of shape `walked`, its position in one of shape `read`.
  static int[] perAxis(Shape read, Shape walked, AxisIndex index) {
    long[] strides = read.rowMajorStrides();
    return of(
        IntStream.range(0, walked.rank())
            .mapToObj(axis -> table(walked.extent(axis), strides[axis], i -> index.index(axis, i)))
            .toList());
  }

  private static long[] prepend(long[] extents) {
    long[] longer = new long[extents.length + 1];
    longer[0] = 1;
    System.arraycopy(extents, 0, longer, 1, extents.length);
    return longer;
  }
}
