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
import java.util.function.Consumer;

/// `out[i] = exp(in[i] - max) / sum_j exp(in[j] - max)` along an axis, in three passes: the
/// maximum, the powers and their sum, the quotients.
///
/// Lanes run along the axis where its elements are neighbours, else across it.
public final class SoftmaxLowering {
  /// About what an exponential takes, in multiply-adds.
  private static final int WORK = 16;

  private final LoopBuilder builder;
  private final boolean logarithm;
  private final long extent;
  private final Expr count;
  private final long inStep;
  private final long outStep;
  private final LoopAxes rows;
  private final ElementType element;
  private final Pointer in;
  private final Pointer out;

  private SoftmaxLowering(LoopBuilder builder, Op.Softmax op, View input, View output) {
    this.builder = builder;
    this.logarithm = op.logarithm();
    this.extent = input.extent(op.axis());
    this.count = input.count(op.axis());
    this.inStep = input.stride(op.axis());
    this.outStep = output.stride(op.axis());
    this.rows = LoopAxes.of(List.of(output.part(op.axis(), 0, 1), input.part(op.axis(), 0, 1)));
    this.element = Arithmetic.computed(input.element());
    this.in = builder.reads("in", input);
    this.out = builder.writes("out", output);
  }

  /// Lowers a softmax or its logarithm.
  public static void lower(LoweringContext context, Node node, Op.Softmax op) {
    View input = context.view(node.input(0));
    View output = context.view(node.output());
    if (output.elements() == 0) {
      return;
    }
    LoopBuilder builder = context.function("softmax", node);
    SoftmaxLowering lowering = new SoftmaxLowering(builder, op, input, output);
    context.add(builder.finish(lowering.emit(context, input.elements() * WORK)));
  }

  private long emit(LoweringContext context, long work) {
    boolean vectors = in.element() == ElementType.FLOAT32;
    int floatLanes = vectors ? context.machine().floatLanes() : 1;
    if (vectors && inStep == 1 && outStep == 1) {
      Lanes cover = Lanes.wide(extent, floatLanes).upTo(count);
      return Nest.emit(
          builder, rows, context.machine(), work, 1, (position, _) -> along(position, cover));
    }
    boolean neighbours = rows.innermostStride(0) == 1 && rows.innermostStride(1) == 1;
    return Nest.emit(
        builder, rows, context.machine(), work, neighbours ? floatLanes : 1, this::across);
  }

  /// One row whose elements are neighbours.
  private void along(List<Expr> position, Lanes cover) {
    Expr source = builder.let("source", rows.index(1, position));
    Expr target = builder.let("target", rows.index(0, position));
    Expr largest = largest(source, cover);
    LaneSums sums =
        new LaneSums(builder, cover, element, SoftmaxLowering::nothing, Arithmetic::add);
    cover.forEachOnce(
        builder,
        "i",
        (i, width) -> {
          VectorType part = VectorType.floats(width);
          Expr power = power(load(in, Expr.add(source, i), part), largest);
          if (!logarithm) {
            builder.store(out, Expr.add(target, i), power);
          }
          sums.take(power);
        });
    Expr factor = factor(sums.total());
    cover.forEachOnce(
        builder,
        "i",
        (i, width) -> {
          VectorType part = VectorType.floats(width);
          Expr place = Expr.add(target, i);
          Expr result =
              logarithm
                  ? shifted(load(in, Expr.add(source, i), part), largest, factor)
                  : Arithmetic.multiply(load(out, place, part), Arithmetic.splat(factor, part));
          builder.store(out, place, result);
        });
  }

  private Expr largest(Expr source, Lanes cover) {
    if (!cover.isFixed()) {
      LaneSums most = new LaneSums(builder, cover, element, Arithmetic::lowest, Expr::maximum);
      cover.forEachOnce(
          builder,
          "i",
          (i, width) -> most.take(load(in, Expr.add(source, i), VectorType.floats(width))));
      return most.total();
    }
    VectorType type = VectorType.floats(cover.lanes());
    Var most = builder.variable("most", Arithmetic.lowest(type));
    cover.forEach(
        builder,
        "i",
        i -> builder.assign(most, Expr.maximum(most, load(in, Expr.add(source, i), type))));
    return Arithmetic.fold(builder, most, Expr::maximum);
  }

  /// As many rows as there are lanes, side by side.
  private void across(List<Expr> position, int lanes) {
    Expr source = builder.let("source", rows.index(1, position));
    Expr target = builder.let("target", rows.index(0, position));
    VectorType type = new VectorType(element, lanes);
    Var most = builder.variable("most", Arithmetic.lowest(type));
    Var sum = builder.variable("sum", nothing(type));
    each(i -> builder.assign(most, Expr.maximum(most, loadAt(source, i, type))));
    boolean kept = !logarithm && out.element() == element;
    each(i -> {
      Expr power = power(loadAt(source, i, type), most);
      if (kept) {
        builder.store(out, placeAt(target, i), power);
      }
      builder.assign(sum, Arithmetic.add(sum, power));
    });
    Expr factor = factor(sum);
    each(i -> {
      Expr result;
      if (logarithm) {
        result = shifted(loadAt(source, i, type), most, factor);
      } else {
        Expr power =
            kept ? load(out, placeAt(target, i), type) : power(loadAt(source, i, type), most);
        result = Arithmetic.multiply(power, factor);
      }
      Arithmetic.store(builder, out, placeAt(target, i), result);
    });
  }

  private void each(Consumer<Expr> body) {
    builder.loop("i", Expr.zero(), count, 1, body);
  }

  private Expr loadAt(Expr source, Expr i, VectorType type) {
    return load(in, Expr.add(source, Expr.multiply(i, inStep)), type);
  }

  private Expr placeAt(Expr target, Expr i) {
    return Expr.add(target, Expr.multiply(i, outStep));
  }

  private static Expr load(Pointer pointer, Expr index, VectorType type) {
    return Arithmetic.load(pointer, index, type);
  }

  private Expr power(Expr value, Expr most) {
    Expr distance = Arithmetic.subtract(value, Arithmetic.splat(most, value.type()));
    return builder.let("power", Arithmetic.call("exp", distance));
  }

  private static Expr shifted(Expr value, Expr most, Expr logarithm) {
    Expr distance = Arithmetic.subtract(value, Arithmetic.splat(most, value.type()));
    return Arithmetic.subtract(distance, Arithmetic.splat(logarithm, value.type()));
  }

  /// What the last pass needs of the sum.
  private Expr factor(Expr sum) {
    String function = logarithm ? "log" : "reciprocal";
    return builder.let("factor", Arithmetic.call(function, sum));
  }

  private static Expr nothing(VectorType type) {
    return new Expr.Constant(type, 0);
  }
}
