package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopFunction;

/// Cuts `extent` equal pieces of work into tasks, few enough that handing them out costs little and
/// enough that all cores have something to do to the end, where possible the same for each.
///
/// @param extent known only at run time, perhaps; at most `capacity`
record Tasks(long count, Expr extent, long capacity) {
  private static final long TASKS_PER_CORE = 4;

  /// Cycles of a core at its peak, about 4 microseconds: a task that another thread takes must be
  /// worth what it costs to tell that thread, and to fetch from its cache what it has written.
  private static final long SMALLEST_TASK = 12_000;

  /// What moving an element takes, counted in operations on one.
  private static final long MOVING = 4;

  /// Work, as multiply-adds of whole vectors, where every element is moved and computed once.
  ///
  /// @param operations for each element
  /// @param lanes elements that are done at once: few take as long as many
  static long work(Machine machine, long elements, long operations, int lanes) {
    return elements * (MOVING + operations) * machine.floatLanes() / lanes;
  }

  /// @param work multiply-adds, or what takes as long
  static Tasks of(Machine machine, long extent, long work) {
    return of(machine, Expr.index(extent), extent, work);
  }

  /// All of it in one task.
  static Tasks one(Expr extent, long capacity) {
    return new Tasks(1, extent, capacity);
  }

  static Tasks of(Machine machine, Expr extent, long capacity, long work) {
    long cores = machine.cores();
    long worthwhile = work / (SMALLEST_TASK * machine.multiplyAdds());
    long useful = Math.max(1, Math.min(Math.min(capacity, worthwhile), cores * TASKS_PER_CORE));
    long even = useful < cores ? useful : useful - useful % cores;
    return new Tasks(cores == 1 ? 1 : even, extent, capacity);
  }

  /// First piece of the task whose number is the variable `task`.
  Expr from() {
    return count == 1 ? Expr.zero() : cut(LoopFunction.TASK);
  }

  /// Piece after the task's last.
  Expr to() {
    return count == 1 ? extent : cut(Expr.add(LoopFunction.TASK, 1));
  }

  /// The task's number times a factor: where its share of something begins.
  Expr multipliedBy(long factor) {
    return count == 1 ? Expr.zero() : Expr.multiply(LoopFunction.TASK, factor);
  }

  private Expr cut(Expr task) {
    return extent instanceof Expr.Index && count == capacity
        ? task
        : Expr.divide(Expr.multiply(task, extent), count);
  }
}
