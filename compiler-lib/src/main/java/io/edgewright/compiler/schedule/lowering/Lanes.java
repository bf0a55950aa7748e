package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
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

  /// As few steps as possible where several registers at once hide the delay of a sum, as long as
  /// no more than a quarter is done twice.
  static Lanes wide(long extent, int floatLanes) {
    for (int registers = 4; registers > 1; registers /= 2) {
      Lanes cover = of(extent, registers * floatLanes);
      if (cover.vectors() * cover.lanes() * 4 <= extent * 5) {
        return cover;
      }
    }
    return of(extent, floatLanes);
  }

  /// Vectors that cover every element once: whole ones in a loop, then one each of half the width,
  /// a quarter, ... as the rest needs them.
  ///
  /// @param body the first element and the width
  void forEachOnce(LoopBuilder builder, String name, BiConsumer<Expr, Integer> body) {
    long done = extent / lanes * lanes;
    builder.loop(name, Expr.zero(), Expr.index(done), lanes, i -> body.accept(i, lanes));
    for (int width : narrower()) {
      body.accept(Expr.index(done), width);
      done += width;
    }
  }

  /// Widths of the vectors that cover what whole ones leave.
  List<Integer> narrower() {
    List<Integer> widths = new ArrayList<>();
    for (int width = lanes / 2; width > 0; width /= 2) {
      if ((extent % lanes & width) != 0) {
        widths.add(width);
      }
    }
    return widths;
  }
}
