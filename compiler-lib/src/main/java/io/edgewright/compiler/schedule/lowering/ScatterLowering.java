package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import java.util.List;

/// `out = data; out[positions[i], :] = kind(out[positions[i], :], updates[i, :])`: a copy, then one
/// task for all rows, because later ones may meet earlier ones.
public final class ScatterLowering {
  private ScatterLowering() {}

  /// Lowers a scatter.
  public static void lower(LoweringContext context, Node node, Op.Scatter op) {
    View output = context.view(node.output());
    View positions = context.view(node.input(1));
    View updates = context.view(node.input(2));
    CopyLowering.lower(context, node, context.view(node.input(0)), output);
    if (output.elements() == 0 || updates.elements() == 0) {
      return;
    }
    LoopBuilder builder = context.function("scatter", node);
    Pointer places = builder.reads("positions", positions);
    Pointer in = builder.reads("updates", updates);
    Pointer out = builder.writes("out", output);
    VectorType index = new VectorType(ElementType.INT64, 1);
    builder.loop(
        "i",
        Expr.zero(),
        positions.count(0),
        1,
        i -> {
          Expr at = positions.index(List.of(i));
          Expr row = builder.let("row", new Expr.Load(places, at, index));
          Runnable update =
              () -> row(builder, op, new Row(in, updates, i), new Row(out, output, row));
          builder.when(
              Expr.less(Expr.index(-1), row),
              () -> builder.when(Expr.less(row, output.count(0)), update));
        });
    context.add(builder.finish(1));
  }

  private record Row(Pointer pointer, View view, Expr number) {
    private Expr place(Expr column) {
      return view.index(List.of(number, column));
    }

    private Expr load(Expr column) {
      return Arithmetic.load(
          pointer, place(column), new VectorType(Arithmetic.computed(view.element()), 1));
    }
  }

  private static void row(LoopBuilder builder, Op.Scatter op, Row from, Row to) {
    builder.loop(
        "j",
        Expr.zero(),
        to.view().count(1),
        1,
        j -> {
          if (op.kind() == Op.ScatterKind.REPLACE) {
            VectorType type = new VectorType(from.view().element(), 1);
            builder.store(
                to.pointer(), to.place(j), new Expr.Load(from.pointer(), from.place(j), type));
            return;
          }
          Expr value = combine(op.kind(), to.load(j), from.load(j));
          Arithmetic.store(builder, to.pointer(), to.place(j), value);
        });
  }

  private static Expr combine(Op.ScatterKind kind, Expr old, Expr update) {
    return switch (kind) {
      case REPLACE -> update;
      case ADD -> Arithmetic.add(old, update);
      case MULTIPLY -> Arithmetic.multiply(old, update);
      case MINIMUM -> Expr.minimum(old, update);
      case MAXIMUM -> Expr.maximum(old, update);
    };
  }
}
