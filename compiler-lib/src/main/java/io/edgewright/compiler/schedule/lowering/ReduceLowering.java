package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Expr.Var;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import java.util.List;

/// Sums, means, products and extremes over axes. `out[kept] = sum_{reduced} in[kept, reduced]`
///
/// Lanes run along the axis whose elements are neighbours in the input. Where that axis is kept, a
/// vector of sums is finished as it is (global pooling of channels-last pictures); where it is
/// reduced, the lanes of the sum are folded into one at the end.
public final class ReduceLowering {
  private final LoopBuilder builder;
  private final Op.ReduceKind kind;
  private final ElementType element;
  private final Expr count;
  private final LoopAxes kept;
  private final LoopAxes reduced;
  private final Pointer in;
  private final Pointer out;

  private ReduceLowering(LoopBuilder builder, Op.Reduce op, View input, View output) {
    View inputKept = input;
    View inputReduced = input;
    for (int axis = 0; axis < input.rank(); axis++) {
      if (op.axes().contains(axis)) {
        inputKept = inputKept.part(axis, 0, 1);
      } else {
        inputReduced = inputReduced.part(axis, 0, 1);
      }
    }
    this.builder = builder;
    this.kind = op.kind();
    this.element = computed(op.kind(), input.element());
    this.count = elements(inputReduced);
    this.kept = LoopAxes.of(List.of(output, inputKept)).withNeighboursInnermost(1);
    this.reduced = LoopAxes.of(List.of(inputReduced));
    this.in = builder.reads("in", input);
    this.out = builder.writes("out", output);
  }

  private static Expr elements(View view) {
    return Expr.count(view.shape().flat().dimensions().getFirst());
  }

  private static ElementType computed(Op.ReduceKind kind, ElementType element) {
    boolean wideSum = kind == Op.ReduceKind.MEAN && element.kind() == ElementType.Kind.SIGNED;
    return wideSum ? ElementType.INT64 : Arithmetic.computed(element);
  }

  /// Lowers a reduction.
  public static void lower(LoweringContext context, Node node, Op.Reduce op) {
    View input = context.view(node.input(0));
    View output = context.view(node.output());
    if (output.elements() == 0) {
      return;
    }
    LoopBuilder builder = context.function("reduce", node);
    ReduceLowering lowering = new ReduceLowering(builder, op, input, output);
    context.add(builder.finish(lowering.emit(context, input.elements())));
  }

  private long emit(LoweringContext context, long work) {
    int floatLanes = in.element() == ElementType.FLOAT32 ? context.machine().floatLanes() : 1;
    if (floatLanes > 1 && reduced.innermostStride(0) == 1) {
      return Nest.emit(
          builder,
          kept,
          context.machine(),
          work,
          1,
          (position, _) -> folded(position, neighbours(floatLanes)));
    }
    int lanes = kept.innermostStride(1) == 1 ? lanes(floatLanes) : 1;
    return Nest.emit(builder, kept, context.machine(), work, lanes, this::sideBySide);
  }

  private Lanes neighbours(int floatLanes) {
    int last = reduced.depth() - 1;
    return Lanes.wide(reduced.extent(last), floatLanes).upTo(reduced.count(last));
  }

  private int lanes(int floatLanes) {
    return floatLanes == 1 ? 1 : Lanes.wide(kept.extent(kept.depth() - 1), floatLanes).lanes();
  }

  /// Sums of neighbours that are all kept.
  private void sideBySide(List<Expr> position, int lanes) {
    VectorType type = new VectorType(element, lanes);
    Expr start = builder.let("start", kept.index(1, position));
    Var sum = builder.variable("sum", neutral(type));
    Nest.open(
        builder,
        reduced,
        reduced.depth(),
        inner -> {
          Expr value = load(Expr.add(start, reduced.index(0, inner)), lanes);
          builder.assign(sum, combine(sum, value));
        });
    store(position, sum);
  }

  /// The sum of neighbours.
  private void folded(List<Expr> position, Lanes cover) {
    Expr start = builder.let("start", kept.index(1, position));
    LaneSums sums = new LaneSums(builder, cover, element, this::neutral, this::combine);
    Nest.open(
        builder,
        reduced,
        reduced.depth() - 1,
        outer -> {
          Expr row = builder.let("row", Expr.add(start, reduced.index(0, outer)));
          cover.forEachOnce(builder, "i", (i, width) -> sums.take(load(Expr.add(row, i), width)));
        });
    store(position, sums.total());
  }

  private Expr load(Expr index, int lanes) {
    return Arithmetic.load(in, index, new VectorType(element, lanes));
  }

  private void store(List<Expr> position, Expr sum) {
    Expr result = sum;
    if (kind == Op.ReduceKind.MEAN) {
      result = Arithmetic.divide(sum, divisor(sum.type()));
    }
    Expr index = kept.index(0, position);
    Arithmetic.store(builder, out, index, kept.innermostStride(0), result);
  }

  private Expr divisor(VectorType type) {
    return count instanceof Expr.Index(long number)
        ? new Expr.Constant(type, number)
        : Arithmetic.splat(Arithmetic.convert(count, type.element()), type);
  }

  private Expr combine(Expr left, Expr right) {
    return switch (kind) {
      case SUM, MEAN -> Arithmetic.add(left, right);
      case PRODUCT -> Arithmetic.multiply(left, right);
      case MINIMUM -> Expr.minimum(left, right);
      case MAXIMUM -> Expr.maximum(left, right);
    };
  }

  private Expr neutral(VectorType type) {
    return switch (kind) {
      case SUM, MEAN -> new Expr.Constant(type, 0);
      case PRODUCT -> new Expr.Constant(type, 1);
      case MINIMUM -> Arithmetic.highest(type);
      case MAXIMUM -> Arithmetic.lowest(type);
    };
  }
}
