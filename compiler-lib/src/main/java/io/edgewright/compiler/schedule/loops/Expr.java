package io.edgewright.compiler.schedule.loops;

import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import java.util.List;

/// A value computed in a kernel. Both sides of a `Binary` have the same type.
public sealed interface Expr {
  /// Type of the value.
  VectorType type();

  /// A position or count known at compile time.
  record Index(long value) implements Expr {
    @Override
    public VectorType type() {
      return VectorType.INDEX;
    }
  }

  /// A number that the program knows since its caller or an operator gave it.
  record RunTime(String name) implements Expr {
    @Override
    public VectorType type() {
      return VectorType.INDEX;
    }
  }

  /// A constant of any element type; all lanes alike.
  record Constant(VectorType type, double value) implements Expr {}

  /// A variable, or the pointer with that name.
  record Var(String name, VectorType type) implements Expr {}

  /// `pointer[index]`, or as many elements from there on as the type has lanes (any alignment).
  record Load(Pointer pointer, Expr index, VectorType type) implements Expr {}

  record Binary(Operator operator, Expr left, Expr right) implements Expr {
    @Override
    public VectorType type() {
      return left.type();
    }
  }

  /// A function of the generated program's prelude, by its bare name (`exp`); the printer adds what
  /// makes it unique for the type.
  record Call(String function, List<Expr> arguments, VectorType type) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// A scalar in all lanes.
  record Splat(Expr scalar, VectorType type) implements Expr {}

  /// One lane of a vector.
  record Lane(Expr vector, int lane) implements Expr {
    @Override
    public VectorType type() {
      return new VectorType(vector.type().element(), 1);
    }
  }

  /// C's binary operators that kernels use.
  enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    REMAINDER("%"),
    LESS("<");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /// The position 0.
  static Expr zero() {
    return new Index(0);
  }

  static Expr index(long value) {
    return new Index(value);
  }

  /// How many elements an axis has.
  static Expr count(Dimension dimension) {
    Expr sum = zero();
    for (Count.Term term : dimension.count().terms()) {
      Expr product = index(term.factor());
      for (Count.Name name : term.names()) {
        product = multiply(product, new RunTime(name.text()));
      }
      sum = add(sum, product);
    }
    return sum;
  }

  /// A sum. Numbers that are known at compile time are added up and stand last.
  static Expr add(Expr left, Expr right) {
    if (left instanceof Index(long a)) {
      return right instanceof Index(long b) ? index(a + b) : add(right, left);
    }
    if (left instanceof Binary(var sum, Expr rest, Index(long a)) && sum == Operator.ADD) {
      return right instanceof Index(long b)
          ? add(rest, index(a + b))
          : add(add(rest, right), index(a));
    }
    if (right instanceof Binary(var sum, Expr rest, Index last) && sum == Operator.ADD) {
      return add(add(left, rest), last);
    }
    return isIndex(right, 0) ? left : new Binary(Operator.ADD, left, right);
  }

  static Expr add(Expr left, long right) {
    return add(left, index(right));
  }

  static Expr subtract(long left, Expr right) {
    return right instanceof Index(long b)
        ? index(left - b)
        : new Binary(Operator.SUBTRACT, index(left), right);
  }

  static Expr multiply(Expr left, long right) {
    if (left instanceof Index(long a)) {
      return index(a * right);
    }
    if (right == 0) {
      return zero();
    }
    if (left instanceof Binary(var product, Expr rest, Index(long a))
        && product == Operator.MULTIPLY) {
      return multiply(rest, a * right);
    }
    return right == 1 ? left : new Binary(Operator.MULTIPLY, left, index(right));
  }

  static Expr multiply(Expr left, Expr right) {
    if (left instanceof Index(long a)) {
      return multiply(right, a);
    }
    if (right instanceof Index(long b)) {
      return multiply(left, b);
    }
    return new Binary(Operator.MULTIPLY, left, right);
  }

  static Expr divide(Expr left, long right) {
    return right == 1 ? left : new Binary(Operator.DIVIDE, left, index(right));
  }

  static Expr remainder(Expr left, long right) {
    return right == 1 ? zero() : new Binary(Operator.REMAINDER, left, index(right));
  }

  static Expr less(Expr left, Expr right) {
    return new Binary(Operator.LESS, left, right);
  }

  static Expr minimum(Expr left, Expr right) {
    if (left instanceof Index(long a) && right instanceof Index(long b)) {
      return index(Math.min(a, b));
    }
    return new Call("minimum", List.of(left, right), left.type());
  }

  static Expr maximum(Expr left, Expr right) {
    if (left instanceof Index(long a) && right instanceof Index(long b)) {
      return index(Math.max(a, b));
    }
    return new Call("maximum", List.of(left, right), left.type());
  }

  private static boolean isIndex(Expr expr, long value) {
    return expr instanceof Index(long found) && found == value;
  }
}
