package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;

/// Between memory with room for every axis at its most and tensors without gaps, whose strides are
/// known only at run time: `dense[(i0 * n1 + i1) * n2 + i2] = view[i0, i1, i2]`
public final class PackLowering {
  private final LoopBuilder builder;
  private final View view;
  private final Pointer from;
  private final Pointer to;

  private PackLowering(LoopBuilder builder, View view, Pointer from, Pointer to) {
    this.builder = builder;
    this.view = view;
    this.from = from;
    this.to = to;
  }

  /// Writes the elements of a view without gaps.
  public static void pack(LoweringContext context, Node node, View from, Buffer dense) {
    LoopBuilder builder = context.copy(node);
    Pointer out = builder.writes("out", flat(dense, from));
    new PackLowering(builder, from, builder.reads("in", from), out)
        .walk(0, Expr.zero(), Expr.zero(), true);
    context.add(builder.finish(1));
  }

  /// Reads elements without gaps into a view.
  public static void unpack(LoweringContext context, Node node, Buffer dense, View to) {
    LoopBuilder builder = context.copy(node);
    Pointer in = builder.reads("in", flat(dense, to));
    new PackLowering(builder, to, in, builder.writes("out", to))
        .walk(0, Expr.zero(), Expr.zero(), false);
    context.add(builder.finish(1));
  }

  /// The same elements in row-major order under another shape.
  public static void reshape(LoweringContext context, Node node, View from, View to) {
    View dense = context.scratch(from.element(), Shape.of(from.elements()), List.of(0));
    pack(context, node, from, dense.buffer());
    unpack(context, node, dense.buffer(), to);
  }

  private static View flat(Buffer dense, View view) {
    return View.rowMajor(dense, view.element(), Shape.of(view.elements()));
  }

  /// @param dense where the elements at the outer axes' position begin without gaps
  /// @param spread where they begin in the view
  private void walk(int axis, Expr dense, Expr spread, boolean packs) {
    if (axis == view.rank()) {
      VectorType type = new VectorType(view.element(), 1);
      Expr value = new Expr.Load(from, packs ? spread : dense, type);
      builder.store(to, packs ? dense : spread, value);
      return;
    }
    Expr count = view.count(axis);
    builder.loop(
        "i",
        Expr.zero(),
        count,
        1,
        i -> {
          Expr next = builder.let("dense", Expr.add(Expr.multiply(dense, count), i));
          Expr place = Expr.add(spread, Expr.multiply(i, view.stride(axis)));
          walk(axis + 1, next, builder.let("spread", place), packs);
        });
  }
}
