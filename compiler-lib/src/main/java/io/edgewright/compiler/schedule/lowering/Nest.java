package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Loops around the body of a kernel, one in another; the innermost goes in steps of a vector.
/// Tasks are pieces of the outermost.
final class Nest {
  /// What stands inside the loops.
  interface Body {
    /// Called where a loop begins, with its variable.
    default void enter(int loop, Expr index) {}

    /// @param position the variable of each loop; the innermost at the first of `lanes` elements
    void at(List<Expr> position, int lanes);
  }

  private final LoopBuilder builder;
  private final LoopAxes axes;
  private final int mostLanes;
  private final Body body;

  private Nest(LoopBuilder builder, LoopAxes axes, int mostLanes, Body body) {
    this.builder = builder;
    this.axes = axes;
    this.mostLanes = mostLanes;
    this.body = body;
  }

  /// Writes the loops; returns the number of tasks.
  ///
  /// @param mostLanes elements of the innermost loop that are done at once; fewer where it is short
  /// @param work multiply-adds of everything, or what takes as long
  static long emit(
      LoopBuilder builder, LoopAxes axes, Machine machine, long work, int mostLanes, Body body) {
    Nest nest = new Nest(builder, axes, mostLanes, body);
    if (axes.depth() == 0) {
      body.at(List.of(), 1);
      return 1;
    }
    if (axes.depth() == 1) {
      return nest.flat(machine, work);
    }
    Tasks tasks = Tasks.of(machine, axes.count(0), axes.extent(0), work);
    builder.loop("i", tasks.from(), tasks.to(), 1, i -> nest.inside(List.of(), i));
    return tasks.count();
  }

  /// One long row: tasks are runs of vectors.
  private long flat(Machine machine, long work) {
    Lanes cover = Lanes.of(axes.extent(0), mostLanes).upTo(axes.count(0));
    Tasks tasks = Tasks.of(machine, cover.vectorCount(), cover.vectors(), work);
    boolean even = cover.extent() % cover.lanes() == 0;
    builder.loop(
        "i",
        tasks.from(),
        tasks.to(),
        1,
        i -> {
          Expr start = Expr.multiply(i, cover.lanes());
          Expr last = Expr.index(cover.extent() - cover.lanes());
          Expr position = builder.let("p", even ? start : Expr.minimum(start, last));
          body.enter(0, position);
          body.at(List.of(position), cover.lanes());
        });
    return tasks.count();
  }

  /// Opens the first `depth` loops of a nest, one element a step.
  static void open(LoopBuilder builder, LoopAxes axes, int depth, Consumer<List<Expr>> body) {
    open(builder, axes, depth, List.of(), body);
  }

  private static void open(
      LoopBuilder builder, LoopAxes axes, int depth, List<Expr> outer, Consumer<List<Expr>> body) {
    if (outer.size() == depth) {
      body.accept(outer);
      return;
    }
    builder.loop(
        "i",
        Expr.zero(),
        axes.count(outer.size()),
        1,
        i -> open(builder, axes, depth, followed(outer, i), body));
  }

  /// A position with one more index.
  static List<Expr> followed(List<Expr> outer, Expr index) {
    List<Expr> position = new ArrayList<>(outer);
    position.add(index);
    return position;
  }

  private void inside(List<Expr> outer, Expr index) {
    body.enter(outer.size(), index);
    List<Expr> position = followed(outer, index);
    int depth = position.size();
    Expr count = axes.count(depth);
    if (depth < axes.depth() - 1) {
      builder.loop("i", Expr.zero(), count, 1, i -> inside(position, i));
      return;
    }
    Lanes cover = Lanes.of(axes.extent(depth), mostLanes).upTo(count);
    cover.forEach(
        builder,
        "i",
        i -> {
          body.enter(depth, i);
          body.at(followed(position, i), cover.lanes());
        });
  }
}
