package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Expr.Var;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.tensor.ElementType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/// Sums (or products, or extremes) of everything that [Lanes#forEachOnce] covers: one variable for
/// each width of vector, folded to one number at the end.
final class LaneSums {
  private final LoopBuilder builder;
  private final BinaryOperator<Expr> combine;
  private final Map<Integer, Var> sums = new HashMap<>();
  private final Lanes cover;

  /// @param neutral what a sum of nothing is
  LaneSums(
      LoopBuilder builder,
      Lanes cover,
      ElementType element,
      Function<VectorType, Expr> neutral,
      BinaryOperator<Expr> combine) {
    this.builder = builder;
    this.cover = cover;
    this.combine = combine;
    declare(new VectorType(element, cover.lanes()), neutral);
    cover.narrower().forEach(width -> declare(new VectorType(element, width), neutral));
  }

  private void declare(VectorType type, Function<VectorType, Expr> neutral) {
    sums.put(type.lanes(), builder.variable("sum", neutral.apply(type)));
  }

  private Var sum(int width) {
    Var sum = sums.get(width);
    if (sum == null) {
      throw new IllegalArgumentException("no sum of " + width + " lanes");
    }
    return sum;
  }

  void take(Expr value) {
    Var sum = sum(value.type().lanes());
    builder.assign(sum, combine.apply(sum, value));
  }

  /// Everything in one number.
  Expr total() {
    Expr total = Arithmetic.fold(builder, sum(cover.lanes()), combine);
    for (int width : cover.narrower()) {
      Expr part = Arithmetic.fold(builder, sum(width), combine);
      total = builder.let("total", combine.apply(total, part));
    }
    return total;
  }
}
