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

/// Where the largest or smallest element along an axis is. One pass keeps the best so far and its
/// index; NaN counts as larger than every number. Lanes are lines side by side.
public final class ArgumentReduceLowering {
  private final LoopBuilder builder;
  private final Op.ArgumentReduce op;
  private final ElementType element;
  private final LoopAxes lines;
  private final Expr count;
  private final long step;
  private final Pointer in;
  private final Pointer out;

  private ArgumentReduceLowering(
      LoopBuilder builder, Op.ArgumentReduce op, View input, View output) {
    this.builder = builder;
    this.op = op;
    this.element = Arithmetic.computed(input.element());
    this.lines =
        LoopAxes.of(List.of(output, input.part(op.axis(), 0, 1))).withNeighboursInnermost(1);
    this.count = input.count(op.axis());
    this.step = input.stride(op.axis());
    this.in = builder.reads("in", input);
    this.out = builder.writes("out", output);
  }

  /// Lowers a search for the largest or smallest element.
  public static void lower(LoweringContext context, Node node, Op.ArgumentReduce op) {
    View input = context.view(node.input(0));
    View output = context.view(node.output());
    if (output.elements() == 0) {
      return;
    }
    LoopBuilder builder = context.function("argument", node);
    ArgumentReduceLowering lowering = new ArgumentReduceLowering(builder, op, input, output);
    boolean vectors =
        input.element() == ElementType.FLOAT32 && lowering.lines.innermostStride(1) == 1;
    int lanes = vectors ? context.machine().floatLanes() : 1;
    context.add(
        builder.finish(
            Nest.emit(
                builder,
                lowering.lines,
                context.machine(),
                input.elements() * 2,
                lanes,
                lowering::line)));
  }

  private void line(List<Expr> position, int lanes) {
    VectorType type = new VectorType(element, lanes);
    VectorType places = new VectorType(ElementType.INT32, lanes);
    Expr source = builder.let("source", lines.index(1, position));
    Var best = builder.variable("best", Arithmetic.load(in, source, type));
    Var place = builder.variable("place", new Expr.Constant(places, 0));
    builder.loop(
        "i",
        Expr.index(1),
        count,
        1,
        i -> {
          Expr at = Expr.add(source, Expr.multiply(i, step));
          Expr value = builder.let("value", Arithmetic.load(in, at, type));
          Expr better = builder.let("better", better(best, value));
          Expr index = Arithmetic.splat(Arithmetic.convert(i, ElementType.INT32), places);
          builder.assign(best, select(better, value, best));
          builder.assign(place, select(better, index, place));
        });
    Arithmetic.store(builder, out, lines.index(0, position), lines.innermostStride(0), place);
  }

  /// Whether a later value takes the place of the best so far.
  private Expr better(Expr best, Expr value) {
    Expr lower = op.largest() ? best : value;
    Expr upper = op.largest() ? value : best;
    Expr above = test(op.last() ? "less_or_equal" : "less", lower, upper);
    if (!element.isFloat()) {
      return above;
    }
    Expr beyond = test("is_nan", upper);
    return op.last()
        ? test("or", above, beyond)
        : test("or", above, test("and", beyond, test("not", test("is_nan", lower))));
  }

  private static Expr test(String function, Expr... arguments) {
    int lanes = arguments[0].type().lanes();
    return new Expr.Call(function, List.of(arguments), new VectorType(ElementType.BOOL, lanes));
  }

  private static Expr select(Expr condition, Expr yes, Expr no) {
    return new Expr.Call("select", List.of(condition, yes, no), no.type());
  }
}
