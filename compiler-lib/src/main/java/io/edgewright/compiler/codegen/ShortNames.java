package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Stmt;
import io.edgewright.compiler.schedule.loops.Stmt.Argument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes numbers and variables where a constant only repeats them.
///
///     const int64_t start = 0;
///     const int64_t at = i;                  ->   sum += in[i * 8];
///     sum += in[start + at * 8];
///
/// A copy of a variable that changes stays.
final class ShortNames {
  private final Map<String, Expr> meanings = new HashMap<>();
  private final Set<String> changing = new HashSet<>();

  private ShortNames() {}

  static List<Stmt> inline(List<Stmt> body) {
    return new ShortNames().block(body);
  }

  private List<Stmt> block(List<Stmt> statements) {
    List<Stmt> kept = new ArrayList<>();
    for (Stmt statement : statements) {
      if (statement instanceof Stmt.Let let && repeats(let)) {
        meanings.put(let.variable().name(), in(let.value()));
      } else {
        kept.add(in(statement));
      }
    }
    return kept;
  }

  private boolean repeats(Stmt.Let let) {
    return !let.changes()
        && (let.value() instanceof Expr.Index
            || (let.value() instanceof Expr.Var other && !changing.contains(other.name())));
  }

  private Stmt in(Stmt statement) {
    return switch (statement) {
      case Stmt.For(var variable, var from, var to, long step, var body) -> {
        Expr first = in(from);
        Expr last = in(to);
        declare(variable, false);
        yield new Stmt.For(variable, first, last, step, block(body));
      }
      case Stmt.Let(var variable, var value, boolean changes) -> {
        Expr meant = in(value);
        declare(variable, changes);
        yield new Stmt.Let(variable, meant, changes);
      }
      case Stmt.Assign(var variable, var value) -> new Stmt.Assign(variable, in(value));
      case Stmt.MultiplyAdd(var variable, var left, var right) ->
          new Stmt.MultiplyAdd(variable, in(left), in(right));
      case Stmt.Store(var pointer, var index, var value) ->
          new Stmt.Store(pointer, in(index), in(value));
      case Stmt.If(var condition, var body) -> new Stmt.If(in(condition), block(body));
      case Stmt.CallKernel(String function, var arguments, var result) ->
          new Stmt.CallKernel(
              function, arguments.stream().map(this::in).toList(), result.map(this::in));
      case Stmt.Prefetch(var pointer, var index) -> new Stmt.Prefetch(pointer, in(index));
      case Stmt.Define(String name, var value) -> new Stmt.Define(name, in(value));
      case Stmt.Barrier barrier -> barrier;
    };
  }

  /// Names of an earlier block may be used again.
  private void declare(Expr.Var variable, boolean changes) {
    meanings.remove(variable.name());
    changing.remove(variable.name());
    if (changes) {
      changing.add(variable.name());
    }
  }

  private Argument in(Argument argument) {
    return switch (argument) {
      case Argument.Address address -> in(address);
      case Argument.Whole(var value) -> new Argument.Whole(in(value));
      case Argument.RunTime _,
          Argument.Real _,
          Argument.Threshold _,
          Argument.Named _,
          Argument.InputExtent _ ->
          argument;
    };
  }

  private Argument.Place in(Argument.Place place) {
    return switch (place) {
      case Argument.Address address -> in(address);
      case Argument.RunTime number -> number;
    };
  }

  private Argument.Address in(Argument.Address address) {
    return new Argument.Address(address.pointer(), in(address.index()));
  }

  private Expr in(Expr expr) {
    return switch (expr) {
      case Expr.Var variable -> meanings.getOrDefault(variable.name(), variable);
      case Expr.Index _, Expr.RunTime _, Expr.Constant _ -> expr;
      case Expr.Load(var pointer, var index, var type) -> new Expr.Load(pointer, in(index), type);
      case Expr.Binary(var operator, var left, var right) -> binary(operator, in(left), in(right));
      case Expr.Call(String function, var arguments, var type) ->
          new Expr.Call(function, arguments.stream().map(this::in).toList(), type);
      case Expr.Splat(var scalar, var type) -> new Expr.Splat(in(scalar), type);
      case Expr.Lane(var vector, int lane) -> new Expr.Lane(in(vector), lane);
    };
  }

  /// With what is known now, some of it is a number.
  private static Expr binary(Expr.Operator operator, Expr left, Expr right) {
    return switch (operator) {
      case ADD -> Expr.add(left, right);
      case SUBTRACT ->
          left instanceof Expr.Index(long a)
              ? Expr.subtract(a, right)
              : new Expr.Binary(operator, left, right);
      case MULTIPLY -> product(left, right);
      case DIVIDE, REMAINDER, LESS -> new Expr.Binary(operator, left, right);
    };
  }

  private static Expr product(Expr left, Expr right) {
    if (right instanceof Expr.Index(long b)) {
      return Expr.multiply(left, b);
    }
    return left instanceof Expr.Index(long a)
        ? Expr.multiply(right, a)
        : Expr.multiply(left, right);
  }
}
