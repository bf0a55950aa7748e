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
import java.util.List;

/// Elementwise arithmetic: one pass over the output, in the order of its memory. `out[i...] =
/// expression(in0[i...], in1[i...], ...)`
public final class MapLowering {
  private final LoopBuilder builder;
  private final Expression expression;
  private final List<View> views;
  private final LoopAxes axes;
  private final List<Pointer> pointers = new ArrayList<>();

  private MapLowering(LoopBuilder builder, Expression expression, List<View> views) {
    this.builder = builder;
    this.expression = expression;
    this.views = views;
    this.axes =
        views.size() == 2 ? LoopAxes.of(views.getFirst(), views.getLast()) : LoopAxes.of(views);
    for (int v = 0; v < views.size(); v++) {
      pointers.add(
          v == 0
              ? builder.writes("out", views.get(v))
              : builder.reads("in" + (v - 1), views.get(v)));
    }
  }

  /// Lowers an elementwise node.
  public static void lower(LoweringContext context, Node node, Op.Map map) {
    View output = context.view(node.output());
    List<View> inputs =
        node.inputs().stream()
            .map(input -> context.view(input).broadcast(node.output().shape()))
            .toList();
    lower(context, context.function("map", node), map.expression(), output, inputs);
  }

  /// Lowers an expression that is no node of its own.
  ///
  /// @param inputs views with the output's shape
  public static void lower(
      LoweringContext context,
      LoopBuilder builder,
      Expression expression,
      View output,
      List<View> inputs) {
    if (output.elements() == 0) {
      return;
    }
    List<View> views = new ArrayList<>(List.of(output));
    views.addAll(inputs);
    MapLowering lowering = new MapLowering(builder, expression, views);
    context.add(builder.finish(lowering.emit(context)));
  }

  private long emit(LoweringContext context) {
    Machine machine = context.machine();
    int lanes = lanes(machine.floatLanes());
    long work = Tasks.work(machine, views.getFirst().elements(), expression.operations(), lanes);
    return Nest.emit(builder, axes, machine, work, lanes, this::element);
  }

  private void element(List<Expr> position, int lanes) {
    Expr value =
        ExpressionLowering.lower(
            builder, expression, lanes, input -> load(input + 1, position, lanes));
    builder.store(pointers.getFirst(), axes.index(0, position), value);
  }

  private Expr load(int view, List<Expr> position, int lanes) {
    ElementType element = views.get(view).element();
    Expr index = axes.index(view, position);
    if (lanes > 1 && axes.innermostStride(view) == 0) {
      Expr scalar = new Expr.Load(pointers.get(view), index, new VectorType(element, 1));
      return new Expr.Splat(scalar, new VectorType(element, lanes));
    }
    return new Expr.Load(pointers.get(view), index, new VectorType(element, lanes));
  }

  /// Vectors where everything lies side by side (or repeats) and has operations on vectors; else
  /// one element at a time.
  private int lanes(int floatLanes) {
    List<ElementType> inputs = views.stream().skip(1).map(View::element).toList();
    boolean vectors = axes.innermostStride(0) == 1 && VectorExpressions.accept(expression, inputs);
    for (int v = 1; v < views.size(); v++) {
      vectors &= axes.innermostStride(v) == 1 || axes.innermostStride(v) == 0;
    }
    return vectors ? floatLanes : 1;
  }
}
