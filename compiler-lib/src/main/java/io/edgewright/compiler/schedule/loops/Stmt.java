package io.edgewright.compiler.schedule.loops;

import io.edgewright.compiler.schedule.loops.Expr.Var;
import java.util.List;
import java.util.Optional;

/// One step of a kernel.
public sealed interface Stmt {
  /// `for (variable = from; variable < to; variable += step) body`
  record For(Var variable, Expr from, Expr to, long step, List<Stmt> body) implements Stmt {
    public For {
      body = List.copyOf(body);
    }
  }

  /// Declares a variable. `changes` says that an Assign follows somewhere.
  record Let(Var variable, Expr value, boolean changes) implements Stmt {}

  record Assign(Var variable, Expr value) implements Stmt {}

  /// `variable += left * right`, as one fused operation where the target has it.
  record MultiplyAdd(Var variable, Expr left, Expr right) implements Stmt {}

  /// Stores as many elements as the value has lanes (any alignment).
  record Store(Pointer pointer, Expr index, Expr value) implements Stmt {}

  record If(Expr condition, List<Stmt> body) implements Stmt {
    public If {
      body = List.copyOf(body);
    }
  }

  /// A call of a library kernel; the function's text is part of the program's prelude.
  ///
  /// @param result where what it returns is stored
  record CallKernel(String function, List<Argument> arguments, Optional<Argument.Place> result)
      implements Stmt {
    public CallKernel {
      arguments = List.copyOf(arguments);
    }
  }

  /// Sets a number that everything that runs later can read.
  record Define(String name, Expr value) implements Stmt {}

  /// Asks for the cache line at an address that will be read soon.
  record Prefetch(Pointer pointer, Expr index) implements Stmt {}

  /// Keeps the C compiler from moving loads across, where that would cost registers.
  record Barrier() implements Stmt {}

  /// What a library kernel is given.
  sealed interface Argument {
    /// Somewhere to store a result.
    sealed interface Place extends Argument {}

    /// The address of an element.
    record Address(Pointer pointer, Expr index) implements Place {}

    /// A number that the kernel finds out, for everything that runs after it.
    record RunTime(String name) implements Place {}

    record Whole(Expr value) implements Argument {}

    record Real(double value) implements Argument {}

    /// The score from which a detection counts: the product's own, or another one in the self-test.
    record Threshold(double product) implements Argument {}

    /// A constant that the kernel's text defines.
    record Named(String name) implements Argument {}

    /// The actual extent of an input of the program, known only at run time.
    record InputExtent(int input, int axis) implements Argument {}
  }
}
