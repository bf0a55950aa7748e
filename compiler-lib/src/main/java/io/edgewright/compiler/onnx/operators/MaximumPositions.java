package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.apply;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.maximum;
import static io.edgewright.compiler.onnx.operators.Formulas.minimum;
import static io.edgewright.compiler.onnx.operators.Formulas.multiply;
import static io.edgewright.compiler.onnx.operators.Formulas.to;
import static io.edgewright.compiler.onnx.operators.Formulas.whole;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The second output of MaxPool: for each window the place of its maximum in the whole input, the
/// first of several. Each tap of the window is compared with the maximum of its window; the number
/// of the first tap that equals it says how far it is from where the window begins.
final class MaximumPositions {
  private final OnnxNode node;
  private final Window window;
  private final Shape input;
  private final Shape output;

  private MaximumPositions(OnnxNode node, Window window, Shape input, Shape output) {
    this.node = node;
    this.window = window;
    this.input = input;
    this.output = output;
  }

  /// @param maxima of the windows of `x`
  /// @param columnsFirst count places with the last axis outermost (`storage_order` 1)
  /// @return int64, shaped like `maxima`
  static Value of(OnnxNode node, Window window, Value x, Value maxima, boolean columnsFirst) {
    MaximumPositions positions = new MaximumPositions(node, window, x.shape(), maxima.shape());
    return positions.places(positions.firstTap(x, maxima), columnsFirst);
  }

  private long taps() {
    return window.kernel().stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /// Number of the first tap, in row-major order, that holds the maximum: [N, C, outputs...].
  private Value firstTap(Value x, Value maxima) {
    Value padded = padded(x);
    Expression equal =
        to(
            ElementType.UINT8,
            apply(ScalarFunction.AND, apply(ScalarFunction.EQUAL, x(), in(1)), in(2)));
    List<Value> found = new ArrayList<>();
    for (long tap = 0; tap < taps(); tap++) {
      List<Integer> offset = offset(tap);
      Value held = node.map(equal, taken(padded, offset), maxima, inside(offset));
      found.add(Rounds.unsqueezed(node, held, 0));
    }
    Value all =
        found.size() == 1 ? found.getFirst() : node.addAll(new Op.Concat(0), found).getFirst();
    return node.reshape(node.add(new Op.ArgumentReduce(0, true, false), all), output);
  }

  /// Position of a tap along each axis of the kernel.
  private List<Integer> offset(long tap) {
    List<Integer> offset = new ArrayList<>();
    long rest = tap;
    for (int size : window.kernel().reversed()) {
      offset.addFirst((int) (rest % size));
      rest /= size;
    }
    return offset;
  }

  /// What lies in the padding is never taken, whatever it is.
  private Value padded(Value x) {
    List<Long> begin = new ArrayList<>(List.of(0L, 0L));
    List<Long> end = new ArrayList<>(List.of(0L, 0L));
    for (int axis = 0; axis < window.axes(); axis++) {
      begin.add((long) window.padsBegin().get(axis));
      end.add((long) window.padsEnd().get(axis));
    }
    return window.isUnpadded() ? x : node.add(new Op.Pad(Op.PadMode.CONSTANT, begin, end, 0), x);
  }

  /// One tap of every window.
  private Value taken(Value padded, List<Integer> offset) {
    List<SliceRange> ranges = new ArrayList<>();
    for (int axis = 0; axis < input.rank(); axis++) {
      if (axis < 2) {
        ranges.add(SliceRange.all(Dimension.of(input.extent(axis))));
      } else {
        long start = (long) offset.get(axis - 2) * window.dilations().get(axis - 2);
        long step = window.strides().get(axis - 2);
        ranges.add(SliceRange.of(start, output.extent(axis), step));
      }
    }
    return Slicing.slice(node, padded, ranges);
  }

  /// Whether a tap lies in the input, for each window: bool [outputs...].
  private Value inside(List<Integer> offset) {
    Value all = Constants.allTrue(node, Shape.of(ones(window.axes())));
    for (int axis = 0; axis < window.axes(); axis++) {
      long extent = input.extent(axis + 2);
      long first = (long) offset.get(axis) * window.dilations().get(axis);
      double[] within = new double[Math.toIntExact(output.extent(axis + 2))];
      for (int i = 0; i < within.length; i++) {
        long at = start(axis, i) + first;
        within[i] = at >= 0 && at < extent ? 1 : 0;
      }
      Value along =
          along(axis, Tensor.ofDoubles(ElementType.BOOL, Shape.of(within.length), within));
      all = node.map(apply(ScalarFunction.AND, x(), in(1)), all, along);
    }
    return all;
  }

  /// Where a window begins along an axis; negative in the padding.
  private long start(int axis, int index) {
    return (long) index * window.strides().get(axis) - window.padsBegin().get(axis);
  }

  /// A constant along one of the spatial axes.
  private Value along(int axis, Tensor numbers) {
    long[] extents = ones(window.axes());
    extents[axis] = numbers.size();
    return node.constant(numbers.withShape(Shape.of(extents)));
  }

  /// From the number of a tap to the place in the input.
  private Value places(Value tap, boolean columnsFirst) {
    long plane = 1;
    for (int axis = 2; axis < input.rank(); axis++) {
      plane = Math.multiplyExact(plane, input.extent(axis));
    }
    Value place = planes(plane);
    long step = columnsFirst ? 1 : plane;
    long taps = taps();
    for (int axis = 0; axis < window.axes(); axis++) {
      long extent = input.extent(axis + 2);
      long kernel = window.kernel().get(axis);
      taps /= kernel;
      step = columnsFirst ? step : step / Math.max(1, extent);
      long[] starts = new long[Math.toIntExact(output.extent(axis + 2))];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = start(axis, i);
      }
      Expression number =
          apply(
              ScalarFunction.REMAINDER,
              apply(ScalarFunction.DIVIDE, in(1), whole(taps)),
              whole(kernel));
      Expression at = add(in(2), multiply(number, whole(window.dilations().get(axis))));
      Expression clamped = maximum(whole(0), minimum(at, whole(extent - 1)));
      Value from = along(axis, Tensor.ofLongs(Shape.of(starts.length), starts));
      place = node.map(add(x(), multiply(clamped, whole(step))), place, tap, from);
      step = columnsFirst ? step * extent : step;
    }
    return place;
  }

  /// Where each plane [n, c] of the input begins.
  private Value planes(long elements) {
    long[] starts = new long[Math.toIntExact(input.extent(0) * input.extent(1))];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = i * elements;
    }
    long[] extents = ones(input.rank());
    extents[0] = input.extent(0);
    extents[1] = input.extent(1);
    return node.constant(Tensor.ofLongs(Shape.of(extents), starts));
  }

  private static long[] ones(int rank) {
    long[] ones = new long[rank];
    Arrays.fill(ones, 1);
    return ones;
  }
}
