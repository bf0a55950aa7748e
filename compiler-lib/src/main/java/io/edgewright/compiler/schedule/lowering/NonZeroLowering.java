package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.Stmt;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;

/// Indices of the elements that are not zero: one walk in row-major order, in one task, which finds
/// out how many there are.
public final class NonZeroLowering {
  private final LoopBuilder builder;
  private final View input;
  private final View output;
  private final Pointer in;
  private final Pointer out;
  private final Expr.Var found;

  private NonZeroLowering(LoopBuilder builder, View input, View output) {
    this.builder = builder;
    this.input = input;
    this.output = output;
    this.in = builder.reads("in", input);
    this.out = builder.writes("out", output);
    this.found = builder.variable("found", Expr.zero());
  }

  /// @param shape [axes, found]
  public static void lower(LoweringContext context, Node node, Shape shape) {
    LoopBuilder builder = context.function("non_zero", node);
    View input = context.view(node.input(0));
    NonZeroLowering lowering = new NonZeroLowering(builder, input, context.view(node.output()));
    lowering.walk(List.of());
    builder.emit(new Stmt.Define(Found.name(shape, 1), lowering.found));
    context.add(builder.finish(1));
  }

  private void walk(List<Expr> position) {
    if (position.size() < input.rank()) {
      int axis = position.size();
      builder.loop("i", Expr.zero(), input.count(axis), 1, i -> walk(Nest.followed(position, i)));
      return;
    }
    VectorType type = new VectorType(input.element(), 1);
    Expr value = new Expr.Load(in, input.index(position), type);
    builder.when(
        Arithmetic.convert(value, ElementType.BOOL),
        () -> {
          for (int axis = 0; axis < position.size(); axis++) {
            Expr place = output.index(List.of(Expr.index(axis), found));
            builder.store(out, place, position.get(axis));
          }
          builder.assign(found, Expr.add(found, 1));
        });
  }
}
