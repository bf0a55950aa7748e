package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Operands of convolutions and products that no kernel packs in an order of its own. They may be
/// constants, which have no place until somebody asks for one.
final class Operands {
  private Operands() {}

  /// Where an operand lies; a constant is stored as it is.
  static View view(LoweringContext context, Value value) {
    return context.graph().isConstant(value)
        ? View.rowMajor(
            context.weights().add(context.graph().constant(value)),
            value.type().element(),
            value.shape())
        : context.view(value);
  }

  /// An operand whose elements along an axis are neighbours. A constant is stored so; anything else
  /// is copied when the program runs.
  static View dense(LoweringContext context, Node node, Value value, int axis) {
    if (!context.graph().isConstant(value)) {
      return context.dense(context.view(value), axis, node);
    }
    List<Integer> order = new ArrayList<>(axes(value.shape().rank()));
    order.remove(Integer.valueOf(axis));
    order.add(axis);
    Tensor stored = reordered(context.graph().constant(value), order);
    return View.rowMajor(context.weights().add(stored), stored.element(), stored.shape())
        .untranspose(order);
  }

  /// The epilogue's inputs, which are the node's from `first` on, with the output's shape: along an
  /// axis neighbours, or all the same.
  static List<View> extras(LoweringContext context, Node node, int first, int axis) {
    List<View> extras = new ArrayList<>();
    for (Value extra : node.inputs().subList(first, node.inputs().size())) {
      View view = view(context, extra).broadcast(node.output().shape());
      extras.add(view.stride(axis) == 0 ? view : context.dense(view, axis, node));
    }
    return extras;
  }

  private static List<Integer> axes(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }

  /// The tensor whose axis i is axis `order[i]`.
  private static Tensor reordered(Tensor tensor, List<Integer> order) {
    Shape shape = Shape.of(order.stream().mapToLong(tensor.shape()::extent).toArray());
    long[] strides = tensor.shape().rowMajorStrides();
    int bytes = tensor.element().bytes();
    byte[] moved = new byte[tensor.bytes().remaining()];
    long[] position = new long[order.size()];
    for (int at = 0; at < moved.length; at += bytes) {
      long source = 0;
      for (int axis = 0; axis < position.length; axis++) {
        source += position[axis] * strides[order.get(axis)];
      }
      tensor.bytes().get(Math.toIntExact(source * bytes), moved, at, bytes);
      advance(position, shape);
    }
    return new Tensor(tensor.type().withShape(shape), moved);
  }

  /// An axis as two: `extent(axis) / inner` times `inner`.
  static View split(View view, int axis, long inner) {
    List<Dimension> extents = new ArrayList<>(view.shape().dimensions());
    List<Long> strides = new ArrayList<>(view.strides());
    extents.set(axis, Dimension.of(view.shape().extent(axis) / inner));
    strides.set(axis, view.stride(axis) * inner);
    extents.add(axis + 1, Dimension.of(inner));
    strides.add(axis + 1, view.stride(axis));
    return new View(view.buffer(), view.element(), view.offset(), new Shape(extents), strides);
  }

  private static void advance(long[] position, Shape shape) {
    for (int axis = position.length - 1; axis >= 0; axis--) {
      position[axis]++;
      if (position[axis] < shape.extent(axis)) {
        return;
      }
      position[axis] = 0;
    }
  }
}
