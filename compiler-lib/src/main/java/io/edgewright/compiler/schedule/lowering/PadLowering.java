package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Padding as copies between views. The input is copied to the middle; then, axis by axis, the
/// slabs before and behind it are filled, from the output itself where they repeat it. A slab spans
/// the axes that are padded already as a whole, so that the corners are filled too.
public final class PadLowering {
  private final LoweringContext context;
  private final Node node;
  private final Op.Pad op;

  private PadLowering(LoweringContext context, Node node, Op.Pad op) {
    this.context = context;
    this.node = node;
    this.op = op;
  }

  /// Lowers a padding of any mode.
  public static void lower(LoweringContext context, Node node, Op.Pad op) {
    View input = context.view(node.input(0));
    View output = context.view(node.output());
    new PadLowering(context, node, op).emit(input, output);
  }

  /// A copy of a picture [N, C, spatial...] with a window's padding around it.
  static View around(LoweringContext context, Node node, View input, Window window, long value) {
    List<Long> begin = new ArrayList<>(List.of(0L, 0L));
    List<Long> end = new ArrayList<>(List.of(0L, 0L));
    Shape shape = input.shape();
    for (int axis = 0; axis < window.axes(); axis++) {
      begin.add((long) window.padsBegin().get(axis));
      end.add((long) window.padsEnd().get(axis));
      long extent = begin.getLast() + input.extent(axis + 2) + end.getLast();
      shape = shape.with(axis + 2, extent);
    }
    List<Integer> order = IntStream.range(0, input.rank()).boxed().toList();
    View padded = context.scratch(input.element(), shape, order);
    Op.Pad pad = new Op.Pad(Op.PadMode.CONSTANT, begin, end, value);
    new PadLowering(context, node, pad).emit(input, padded);
    return padded;
  }

  private void emit(View input, View output) {
    View middle = output;
    for (int axis = 0; axis < output.rank(); axis++) {
      middle = inside(middle, axis, input);
    }
    if (!input.sameMemory(middle)) {
      CopyLowering.lower(context, node, input, middle);
    }
    for (int axis = 0; axis < output.rank(); axis++) {
      View band = output;
      for (int later = axis + 1; later < output.rank(); later++) {
        band = inside(band, later, input);
      }
      if (isPadded(axis)) {
        fill(band, axis, input.extent(axis));
      }
    }
  }

  private boolean isPadded(int axis) {
    return op.begin().get(axis) > 0 || op.end().get(axis) > 0;
  }

  /// Only what the input fills of an axis.
  private View inside(View view, int axis, View input) {
    return isPadded(axis) ? view.part(axis, op.begin().get(axis), input.extent(axis)) : view;
  }

  private void fill(View band, int axis, long extent) {
    long begin = op.begin().get(axis);
    long behind = begin + extent;
    View before = band.part(axis, 0, begin);
    View after = band.part(axis, behind, op.end().get(axis));
    switch (op.mode()) {
      case CONSTANT -> {
        constant(before);
        constant(after);
      }
      case EDGE -> {
        copy(repeated(band, axis, begin, before.extent(axis), 0), before);
        copy(repeated(band, axis, behind - 1, after.extent(axis), 0), after);
      }
      case REFLECT -> {
        copy(repeated(band, axis, 2 * begin, before.extent(axis), -1), before);
        copy(repeated(band, axis, behind - 2, after.extent(axis), -1), after);
      }
      case WRAP -> wrap(band, axis, extent);
    }
  }

  /// Elements of an axis from `first` on, `step` apart.
  private static View repeated(View band, int axis, long first, long count, long step) {
    List<Long> strides = new ArrayList<>(band.strides());
    strides.set(axis, step * band.stride(axis));
    View from = band.part(axis, first, count);
    return new View(from.buffer(), from.element(), from.offset(), from.shape(), strides);
  }

  /// One turn of the axis at a time, outward from the middle.
  private void wrap(View band, int axis, long extent) {
    for (long end = op.begin().get(axis); end > 0; end -= extent) {
      long first = Math.max(0, end - extent);
      copy(band.part(axis, first + extent, end - first), band.part(axis, first, end - first));
    }
    long total = band.extent(axis);
    for (long first = op.begin().get(axis) + extent; first < total; first += extent) {
      long count = Math.min(extent, total - first);
      copy(band.part(axis, first - extent, count), band.part(axis, first, count));
    }
  }

  private void copy(View from, View to) {
    CopyLowering.lower(context, node, from, to);
  }

  private void constant(View slab) {
    Expression value = Expression.constant(slab.element(), op.value());
    MapLowering.lower(context, context.function("pad", node), value, slab, List.of());
  }
}
