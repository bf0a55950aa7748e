package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Expr.Operator;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.Stmt;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.tensor.ElementType;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;

/// Arithmetic on elements of any type: operators for floats, functions that wrap for integers.
final class Arithmetic {
  private Arithmetic() {}

  /// The type that sums are kept in: float16 is too narrow for them.
  static ElementType computed(ElementType element) {
    return element == ElementType.FLOAT16 ? ElementType.FLOAT32 : element;
  }

  /// Elements from a position on, converted to another type.
  static Expr load(Pointer pointer, Expr index, VectorType type) {
    VectorType stored = new VectorType(pointer.element(), type.lanes());
    return convert(new Expr.Load(pointer, index, stored), type.element());
  }

  /// Stores a value as the type of the place.
  static void store(LoopBuilder builder, Pointer pointer, Expr index, Expr value) {
    builder.store(pointer, index, convert(value, pointer.element()));
  }

  /// Stores lanes that lie `stride` apart.
  static void store(LoopBuilder builder, Pointer pointer, Expr index, long stride, Expr value) {
    int lanes = value.type().lanes();
    if (lanes == 1 || stride == 1) {
      store(builder, pointer, index, value);
      return;
    }
    Expr named = builder.let("result", convert(value, pointer.element()));
    for (int lane = 0; lane < lanes; lane++) {
      builder.store(pointer, Expr.add(index, lane * stride), new Expr.Lane(named, lane));
    }
  }

  static Expr convert(Expr value, ElementType to) {
    return value.type().element() == to
        ? value
        : new Expr.Call("convert", List.of(value), new VectorType(to, value.type().lanes()));
  }

  /// A scalar in all lanes.
  static Expr splat(Expr value, VectorType type) {
    return value.type().equals(type) ? value : new Expr.Splat(value, type);
  }

  static Expr add(Expr left, Expr right) {
    return operation(Operator.ADD, left, right);
  }

  static Expr subtract(Expr left, Expr right) {
    return operation(Operator.SUBTRACT, left, right);
  }

  static Expr multiply(Expr left, Expr right) {
    return operation(Operator.MULTIPLY, left, right);
  }

  static Expr divide(Expr left, Expr right) {
    return operation(Operator.DIVIDE, left, right);
  }

  private static Expr operation(Operator operator, Expr left, Expr right) {
    return left.type().element().isFloat()
        ? new Expr.Binary(operator, left, right)
        : new Expr.Call(
            operator.name().toLowerCase(Locale.ROOT), List.of(left, right), left.type());
  }

  /// A function of one argument that gives the same type.
  static Expr call(String function, Expr argument) {
    return new Expr.Call(function, List.of(argument), argument.type());
  }

  /// Below every number of the type; without a sign all bits are 0.
  static Expr lowest(VectorType type) {
    ElementType element = type.element();
    double value =
        switch (element.kind()) {
          case FLOAT -> Double.NEGATIVE_INFINITY;
          case SIGNED -> -Math.scalb(1.0, 8 * element.bytes() - 1);
          case UNSIGNED, BOOLEAN -> 0;
        };
    return new Expr.Constant(type, value);
  }

  /// Above every number of the type; without a sign -1 has all bits set.
  static Expr highest(VectorType type) {
    ElementType element = type.element();
    double value =
        switch (element.kind()) {
          case FLOAT -> Double.POSITIVE_INFINITY;
          case SIGNED -> Math.scalb(1.0, 8 * element.bytes() - 1) - 1;
          case UNSIGNED -> -1;
          case BOOLEAN -> 1;
        };
    return new Expr.Constant(type, value);
  }

  /// `sum += left * right`; the sum has as many lanes as `right`.
  static void multiplyAdd(LoopBuilder builder, Expr.Var sum, Expr left, Expr right) {
    if (sum.type().element().isFloat()) {
      builder.emit(new Stmt.MultiplyAdd(sum, left, right));
    } else {
      builder.assign(sum, add(sum, multiply(left, right)));
    }
  }

  /// All lanes in one: halves are combined until one lane is left.
  static Expr fold(LoopBuilder builder, Expr vector, BinaryOperator<Expr> combine) {
    Expr rest = vector;
    while (rest.type().lanes() > 1) {
      VectorType half = new VectorType(rest.type().element(), rest.type().lanes() / 2);
      Expr low = new Expr.Call("low_half", List.of(rest), half);
      Expr high = new Expr.Call("high_half", List.of(rest), half);
      rest = builder.let("half", combine.apply(low, high));
    }
    return rest;
  }
}
