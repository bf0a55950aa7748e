package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads kernel_shape, strides, dilations, pads, auto_pad and ceil_mode of a node as a [Window].
final class Windows {
  private final OnnxNode node;
  private final Shape input;
  private final int axes;
  private final List<Integer> kernel;
  private final List<Integer> strides;
  private final List<Integer> dilations;
  private final List<Integer> begin = new ArrayList<>();
  private final List<Integer> end = new ArrayList<>();

  private Windows(OnnxNode node, Shape input, List<Long> kernel) {
    this.node = node;
    this.input = input;
    this.axes = input.rank() - 2;
    this.kernel = numbers("kernel_shape", Optional.of(kernel), 1, axes);
    this.strides = numbers("strides", node.attributes().integers("strides"), 1, axes);
    this.dilations = numbers("dilations", node.attributes().integers("dilations"), 1, axes);
  }

  /// The attributes' window over an input [N, C, spatial...], where `ceil_mode` does not count.
  ///
  /// @param kernel what `kernel_shape` says, or the shape of the weights
  static Window read(OnnxNode node, Shape input, List<Long> kernel) {
    if (input.rank() < 3) {
      throw node.shapes(
          "input " + input, "[N, C, spatial...] of rank 3 or more", "add the missing axes");
    }
    Windows window = new Windows(node, input, kernel);
    window.readPads();
    return window.build();
  }

  private Window build() {
    return new Window(kernel, strides, dilations, begin, end);
  }

  private List<Integer> numbers(String name, Optional<List<Long>> given, int least, int count) {
    int most = 1 << 20;
    List<Long> numbers =
        given
            .filter(list -> !list.isEmpty())
            .orElseGet(() -> Stream.generate(() -> (long) least).limit(count).toList());
    if (numbers.size() != count || numbers.stream().anyMatch(n -> n < least || n > most)) {
      throw node.attributes()
          .invalid(
              name,
              "" + numbers,
              count + " numbers from " + least + " to " + most,
              "there is one number per spatial axis of the input " + input);
    }
    return numbers.stream().map(Long::intValue).toList();
  }

  private void readPads() {
    String mode =
        node.attributes()
            .word("auto_pad", "NOTSET", List.of("NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"));
    List<Integer> pads = numbers("pads", node.attributes().integers("pads"), 0, 2 * axes);
    for (int axis = 0; axis < axes; axis++) {
      long extent = input.extent(axis + 2);
      int stride = strides.get(axis);
      long span = (long) (kernel.get(axis) - 1) * dilations.get(axis) + 1;
      long positions = Math.ceilDiv(extent, stride);
      int total = (int) Math.max(0, (positions - 1) * stride + span - extent);
      switch (mode) {
        case "SAME_UPPER" -> pad(total / 2, total - total / 2);
        case "SAME_LOWER" -> pad(total - total / 2, total / 2);
        case "VALID" -> pad(0, 0);
        default -> pad(pads.get(axis), pads.get(axis + axes));
      }
    }
  }

  private void pad(int before, int after) {
    begin.add(before);
    end.add(after);
  }

  /// How far beyond the padded input the last window reaches per axis when `ceil_mode` rounds up; a
  /// window that would start in the padding at the end is left out.
  static List<Integer> overhang(Window window, Shape input) {
    List<Integer> overhang = new ArrayList<>();
    for (int axis = 0; axis < window.axes(); axis++) {
      long extent = input.extent(axis + 2);
      int stride = window.strides().get(axis);
      int before = window.padsBegin().get(axis);
      long padded = before + extent + window.padsEnd().get(axis);
      long last = Math.ceilDiv(Math.max(0, padded - window.span(axis)), stride) * stride;
      if (last >= extent + before) {
        last -= stride;
      }
      overhang.add((int) Math.max(0, last + window.span(axis) - padded));
    }
    return overhang;
  }

  static Window withEnd(Window window, List<Integer> more) {
    List<Integer> end = new ArrayList<>();
    for (int axis = 0; axis < window.axes(); axis++) {
      end.add(window.padsEnd().get(axis) + more.get(axis));
    }
    return new Window(
        window.kernel(), window.strides(), window.dilations(), window.padsBegin(), end);
  }
}
