package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import java.util.function.Consumer;

/// Covers an axis with vectors. The last one starts early where the extent is no multiple.
///
/// @param extent elements along the axis
/// @param lanes elements of one vector, not more than the extent
record Lanes(long extent, int lanes) {
  static Lanes of(long extent, int most) {
    return new Lanes(extent, (int) Math.min(most, Long.highestOneBit(Math.max(extent, 1))));
  }

  long vectors() {
    return (extent + lanes - 1) / lanes;
  }

  /// First element of vector number `index`.
  long start(long index) {
    return Math.max(0, Math.min(index * lanes, extent - lanes));
  }

  /// A loop over the first elements of all vectors.
  void forEach(LoopBuilder builder, String name, Consumer<Expr> body) {
    long whole = extent / lanes * lanes;
    builder.loop(name, Expr.zero(), Expr.index(whole), lanes, body);
    if (whole < extent) {
      body.accept(Expr.index(extent - lanes));
    }
  }
}
