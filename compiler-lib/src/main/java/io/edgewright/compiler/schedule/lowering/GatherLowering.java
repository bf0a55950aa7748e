package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// `out[o..., j..., i...] = data[o..., indices[j...], i...]`. Negative indices count from the end.
/// An index outside the axis, which only a wrong input can hold, reads the nearest element.
public final class GatherLowering {
  private final LoopBuilder builder;
  private final LoopAxes axes;
  private final Expr count;
  private final long step;
  private final Pointer data;
  private final Pointer indices;
  private final Pointer out;

  private GatherLowering(LoopBuilder builder, int axis, View data, View indices, View output) {
    this.builder = builder;
    int behind = data.rank() - axis - 1;
    List<Long> along = new ArrayList<>(data.strides().subList(0, axis));
    along.addAll(Collections.nCopies(indices.rank(), 0L));
    along.addAll(data.strides().subList(axis + 1, data.rank()));
    List<Long> chosen = new ArrayList<>(Collections.nCopies(axis, 0L));
    chosen.addAll(indices.strides());
    chosen.addAll(Collections.nCopies(behind, 0L));
    this.axes =
        LoopAxes.of(List.of(output, like(output, data, along), like(output, indices, chosen)));
    this.count = data.count(axis);
    this.step = data.stride(axis);
    this.data = builder.reads("in", data);
    this.indices = builder.reads("indices", indices);
    this.out = builder.writes("out", output);
  }

  /// A view's memory, walked with the output's extents.
  private static View like(View output, View view, List<Long> strides) {
    return new View(view.buffer(), view.element(), view.offset(), output.shape(), strides);
  }

  /// Lowers a gather.
  public static void lower(LoweringContext context, Node node, Op.Gather op) {
    View data = context.view(node.input(0));
    View output = context.view(node.output());
    if (data.elements() == 0) {
      Expression zero = Expression.constant(output.element(), 0);
      MapLowering.lower(context, context.function("gather", node), zero, output, List.of());
      return;
    }
    if (output.elements() == 0) {
      return;
    }
    LoopBuilder builder = context.function("gather", node);
    View indices = context.view(node.input(1));
    GatherLowering lowering = new GatherLowering(builder, op.axis(), data, indices, output);
    Machine machine = context.machine();
    int lanes = lowering.lanes(machine.floatLanes());
    long work = Tasks.work(machine, output.elements(), 0, lanes);
    context.add(
        builder.finish(Nest.emit(builder, lowering.axes, machine, work, lanes, lowering::element)));
  }

  private int lanes(int floatLanes) {
    boolean neighbours =
        axes.innermostStride(0) == 1
            && axes.innermostStride(1) == 1
            && axes.innermostStride(2) == 0
            && data.element() != ElementType.BOOL;
    return neighbours ? Math.max(1, floatLanes * Float.BYTES / data.element().bytes()) : 1;
  }

  private void element(List<Expr> position, int lanes) {
    VectorType stored = new VectorType(indices.element(), 1);
    Expr given = new Expr.Load(indices, axes.index(2, position), stored);
    Expr index = builder.let("index", Arithmetic.convert(given, ElementType.INT64));
    Expr fromEnd = Expr.multiply(Expr.less(index, Expr.zero()), count);
    Expr counted = Expr.minimum(Expr.add(index, fromEnd), Expr.add(count, -1));
    Expr inside = builder.let("inside", Expr.maximum(Expr.zero(), counted));
    Expr source = Expr.add(axes.index(1, position), Expr.multiply(inside, step));
    VectorType type = new VectorType(data.element(), lanes);
    builder.store(out, axes.index(0, position), new Expr.Load(data, source, type));
  }
}
