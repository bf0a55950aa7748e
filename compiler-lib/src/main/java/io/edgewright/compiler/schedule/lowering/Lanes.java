package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Covers an axis with vectors. The last one starts early where the extent is no multiple.
///
/// @param extent elements along the axis that memory is there for
/// @param lanes elements of one vector, not more than the extent
/// @param count elements along the axis, which may be known only at run time
record Lanes(long extent, int lanes, Expr count) {
  static Lanes of(long extent, int most) {
    int lanes = (int) Math.min(most, Long.highestOneBit(Math.max(extent, 1)));
    return new Lanes(extent, lanes, Expr.index(extent));
  }

  /// The same vectors, but no further than the elements that are there.
  Lanes upTo(Expr changed) {
    return new Lanes(extent, lanes, changed);
  }

  boolean isFixed() {
    return count instanceof Expr.Index;
  }

  long vectors() {
    return (extent + lanes - 1) / lanes;
  }

  /// How many vectors cover what is there.
  Expr vectorCount() {
    return isFixed() ? Expr.index(vectors()) : Expr.divide(Expr.add(count, lanes - 1L), lanes);
  }

  /// First element of vector number `index`.
  long start(long index) {
    return Math.max(0, Math.min(index * lanes, extent - lanes));
  }

  /// A loop over the first elements of all vectors. Where the count is known only at run time the
  /// last vector may reach past it, but not past the extent.
  void forEach(LoopBuilder builder, String name, Consumer<Expr> body) {
    if (!isFixed()) {
      boolean even = extent % lanes == 0;
      Expr last = Expr.index(extent - lanes);
      builder.loop(
          name,
          Expr.zero(),
          count,
          lanes,
          i -> body.accept(even ? i : builder.let("p", Expr.minimum(i, last))));
      return;
    }
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
  /// a quarter, ... as the rest needs them; single elements where only a run knows it.
  ///
  /// @param body the first element and the width
  void forEachOnce(LoopBuilder builder, String name, BiConsumer<Expr, Integer> body) {
    if (!isFixed()) {
      Expr rest = Expr.remainder(count, lanes);
      Expr end = builder.let("whole", Expr.add(count, Expr.multiply(rest, -1)));
      builder.loop(name, Expr.zero(), end, lanes, i -> body.accept(i, lanes));
      if (lanes > 1) {
        builder.loop(name, end, count, 1, i -> body.accept(i, 1));
      }
      return;
    }
    long done = extent / lanes * lanes;
    builder.loop(name, Expr.zero(), Expr.index(done), lanes, i -> body.accept(i, lanes));
    for (int width : narrower()) {
      body.accept(Expr.index(done), width);
      done += width;
    }
  }

  /// Widths of the vectors that cover what whole ones leave.
  List<Integer> narrower() {
    if (!isFixed()) {
      return lanes > 1 ? List.of(1) : List.of();
    }
    List<Integer> widths = new ArrayList<>();
    for (int width = lanes / 2; width > 0; width /= 2) {
      if ((extent % lanes & width) != 0) {
        widths.add(width);
      }
    }
    return widths;
  }
}
