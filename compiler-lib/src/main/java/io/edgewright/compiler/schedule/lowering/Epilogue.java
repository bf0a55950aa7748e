package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import java.util.ArrayList;
import java.util.List;

/// What happens to a finished sum before it is stored: bias is in the sum already; activation,
/// residual and the like come from the node's expression.
///
/// @param extras views of the expression's further inputs, each with the output's shape
record Epilogue(Expression expression, List<View> extras, List<Pointer> pointers) {
  static Epilogue of(LoopBuilder builder, Expression expression, List<View> extras) {
    List<Pointer> pointers = new ArrayList<>();
    for (View extra : extras) {
      pointers.add(builder.reads("extra" + pointers.size(), extra));
    }
    return new Epilogue(expression, extras, pointers);
  }

  /// @param position of the first lane; lanes run along `axis`
  Expr apply(LoopBuilder builder, Expr sum, List<Expr> position, int axis) {
    int lanes = sum.type().lanes();
    return ExpressionLowering.lower(
        builder,
        expression,
        lanes,
        input -> input == 0 ? sum : load(input - 1, position, axis, lanes));
  }

  private Expr load(int extra, List<Expr> position, int axis, int lanes) {
    View view = extras.get(extra);
    Expr index = view.index(position);
    Pointer pointer = pointers.get(extra);
    if (view.stride(axis) == 1 || lanes == 1) {
      return new Expr.Load(pointer, index, new VectorType(view.element(), lanes));
    }
    if (view.stride(axis) != 0) {
      throw new IllegalStateException("lanes of an epilogue input are not neighbours");
    }
    return new Expr.Splat(
        new Expr.Load(pointer, index, new VectorType(view.element(), 1)),
        new VectorType(view.element(), lanes));
  }
}
