package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopFunction;

/// Cuts `extent` equal pieces of work into tasks, few enough that handing them out costs nothing
/// and enough that all cores have something to do to the end.
///
/// @param extent known only at run time, perhaps; at most `capacity`
record Tasks(long count, Expr extent, long capacity) {
  private static final long TASKS_PER_CORE = 4;

  /// Multiply-adds below which a second task is not worth the handing out (about 10 microseconds).
  private static final long SMALLEST_TASK = 100_000;

  static Tasks of(Machine machine, long extent, long work) {
    return of(machine, Expr.index(extent), extent, work);
  }

  /// All of it in one task.
  static Tasks one(Expr extent, long capacity) {
    return new Tasks(1, extent, capacity);
  }

  static Tasks of(Machine machine, Expr extent, long capacity, long work) {
    long useful = Math.max(1, Math.min(work / SMALLEST_TASK, machine.cores() * TASKS_PER_CORE));
    return new Tasks(machine.cores() == 1 ? 1 : Math.min(capacity, useful), extent, capacity);
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
