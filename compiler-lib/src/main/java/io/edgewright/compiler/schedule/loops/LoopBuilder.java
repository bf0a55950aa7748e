package io.edgewright.compiler.schedule.loops;

import io.edgewright.compiler.schedule.loops.Expr.Var;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Writes a [LoopFunction] from the top down: statements go into the innermost open loop.
public final class LoopBuilder {
  private final String name;
  private final String origin;
  private final List<String> meaning;
  private final List<Pointer> pointers = new ArrayList<>();
  private final List<String> kernels = new ArrayList<>();
  private final Deque<List<Stmt>> open = new ArrayDeque<>();
  private final Names names = new Names(LoopFunction.RESERVED);

  /// @param origin the node that the function computes
  /// @param meaning what it computes, in lines for the reader of the C
  public LoopBuilder(String name, String origin, List<String> meaning) {
    this.name = name;
    this.origin = origin;
    this.meaning = meaning;
    open.push(new ArrayList<>());
  }

  /// The address of a view's first element, for reading.
  public Pointer reads(String pointerName, View view) {
    return pointer(pointerName, view, false);
  }

  /// The address of a view's first element, for writing.
  public Pointer writes(String pointerName, View view) {
    return pointer(pointerName, view, true);
  }

  private Pointer pointer(String pointerName, View view, boolean written) {
    Pointer pointer = Pointer.to(view, names.free(pointerName), written);
    pointers.add(pointer);
    return pointer;
  }

  public void emit(Stmt statement) {
    open.element().add(statement);
  }

  /// A new variable with a name that nobody else has: the prefix, with a number where it is taken.
  public Var fresh(String prefix, VectorType type) {
    return new Var(names.free(prefix), type);
  }

  public Var let(String prefix, Expr value) {
    Var variable = fresh(prefix, value.type());
    emit(new Stmt.Let(variable, value, false));
    return variable;
  }

  /// A variable that is assigned to later.
  public Var variable(String prefix, Expr value) {
    Var variable = fresh(prefix, value.type());
    emit(new Stmt.Let(variable, value, true));
    return variable;
  }

  public void assign(Var variable, Expr value) {
    emit(new Stmt.Assign(variable, value));
  }

  public void store(Pointer pointer, Expr index, Expr value) {
    emit(new Stmt.Store(pointer, index, value));
  }

  /// A loop; one that runs at most once is no loop.
  public void loop(String prefix, Expr from, Expr to, long step, Consumer<Expr> body) {
    if (from instanceof Expr.Index(long first) && to instanceof Expr.Index(long last)) {
      if (first >= last) {
        return;
      }
      if (first + step >= last) {
        body.accept(from);
        return;
      }
    }
    names.open();
    Var variable = fresh(prefix, VectorType.INDEX);
    List<Stmt> statements = block(() -> body.accept(variable));
    names.close();
    emit(new Stmt.For(variable, from, to, step, statements));
  }

  public void loop(String prefix, long count, Consumer<Expr> body) {
    loop(prefix, Expr.zero(), Expr.index(count), 1, body);
  }

  public void when(Expr condition, Runnable body) {
    names.open();
    List<Stmt> statements = block(body);
    names.close();
    emit(new Stmt.If(condition, statements));
  }

  private List<Stmt> block(Runnable body) {
    open.push(new ArrayList<>());
    body.run();
    return open.pop();
  }

  /// Puts the text of the resource `kernels/<file>` in front of the program, once, in the order in
  /// which files are asked for.
  public void include(String file) {
    if (!kernels.contains(file)) {
      kernels.add(file);
    }
  }

  /// A call of a function in a file that was included.
  public void call(String function, List<Stmt.Argument> arguments) {
    emit(new Stmt.CallKernel(function, arguments, Optional.empty()));
  }

  /// A call whose result is stored.
  public void call(String function, List<Stmt.Argument> arguments, Stmt.Argument.Place result) {
    emit(new Stmt.CallKernel(function, arguments, Optional.of(result)));
  }

  public LoopFunction finish(long tasks) {
    return new LoopFunction(name, origin, meaning, pointers, tasks, open.element(), kernels);
  }
}
