package io.edgewright.compiler.graph;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// How a kernel slides over the spatial axes of a picture; one number per spatial axis, outermost
/// first. Padding may be negative nowhere; `padsEnd` is what the importer computed, `auto_pad` and
/// `ceil_mode` are resolved there.
public record Window(
    List<Integer> kernel,
    List<Integer> strides,
    List<Integer> dilations,
    List<Integer> padsBegin,
    List<Integer> padsEnd) {
  public Window {
    kernel = List.copyOf(kernel);
    strides = List.copyOf(strides);
    dilations = List.copyOf(dilations);
    padsBegin = List.copyOf(padsBegin);
    padsEnd = List.copyOf(padsEnd);
    int axes = kernel.size();
    for (List<Integer> list : List.of(strides, dilations, padsBegin, padsEnd)) {
      if (list.size() != axes) {
        throw new IllegalArgumentException(
            "a window of " + axes + " axes needs " + axes + " numbers");
      }
    }
    for (int axis = 0; axis < axes; axis++) {
      if (kernel.get(axis) < 1 || strides.get(axis) < 1 || dilations.get(axis) < 1) {
        throw new IllegalArgumentException("kernel, strides and dilations start at 1");
      }
      if (padsBegin.get(axis) < 0 || padsEnd.get(axis) < 0) {
        throw new IllegalArgumentException("padding starts at 0");
      }
    }
  }

  /// A window of one element that moves on by one.
  public static Window pointwise(int axes) {
    List<Integer> ones = Collections.nCopies(axes, 1);
    List<Integer> zeros = Collections.nCopies(axes, 0);
    return new Window(ones, ones, ones, zeros, zeros);
  }

  public int axes() {
    return kernel.size();
  }

  /// Input elements that one output position spans along an axis.
  public long span(int axis) {
    return (long) (kernel.get(axis) - 1) * dilations.get(axis) + 1;
  }

  /// Output extent along an axis; zero or less when the padded input is smaller than the kernel.
  public long outputExtent(int axis, long inputExtent) {
    long room = inputExtent + padsBegin.get(axis) + padsEnd.get(axis) - span(axis);
    return Math.floorDiv(room, strides.get(axis)) + 1;
  }

  /// Whether no position reads padding.
  public boolean isUnpadded() {
    return IntStream.range(0, axes())
        .allMatch(axis -> padsBegin.get(axis) == 0 && padsEnd.get(axis) == 0);
  }
}
