package io.edgewright.compiler.graph;

/// Functions of single elements. `reference` says what they mean in double precision or exact
/// integers, `codegen` how they are written in C; both are switches that the compiler keeps
/// complete.
public enum ScalarFunction {
  ADD(2),
  SUBTRACT(2),
  MULTIPLY(2),
  /// Integers are truncated toward zero; a zero divisor gives zero.
  DIVIDE(2),
  /// Remainder with the sign of the divisor (ONNX Mod, `fmod` 0).
  MODULO(2),
  /// Remainder with the sign of the dividend (C's fmod).
  REMAINDER(2),
  POWER(2),
  /// NaN when either is NaN.
  MINIMUM(2),
  /// NaN when either is NaN.
  MAXIMUM(2),
  NEGATE(1),
  ABSOLUTE(1),
  SIGN(1),
  RECIPROCAL(1),
  SQUARE_ROOT(1),
  EXP(1),
  LOG(1),
  SIN(1),
  COS(1),
  TAN(1),
  ASIN(1),
  ACOS(1),
  ATAN(1),
  SINH(1),
  COSH(1),
  TANH(1),
  ASINH(1),
  ACOSH(1),
  ATANH(1),
  ERF(1),
  SIGMOID(1),
  FLOOR(1),
  CEIL(1),
  /// Half to even.
  ROUND(1),
  AND(2),
  OR(2),
  XOR(2),
  NOT(1),
  BIT_AND(2),
  BIT_OR(2),
  BIT_XOR(2),
  BIT_NOT(1),
  SHIFT_LEFT(2),
  SHIFT_RIGHT(2),
  EQUAL(2),
  LESS(2),
  LESS_OR_EQUAL(2),
  IS_NAN(1),
  IS_POSITIVE_INFINITY(1),
  IS_NEGATIVE_INFINITY(1),
  /// `condition ? second : third`.
  SELECT(3);

  private final int arity;

  ScalarFunction(int arity) {
    this.arity = arity;
  }

  public int arity() {
    return arity;
  }

  /// Whether the result is a bool whatever the arguments are.
  public boolean isPredicate() {
    return switch (this) {
      case EQUAL, LESS, LESS_OR_EQUAL, IS_NAN, IS_POSITIVE_INFINITY, IS_NEGATIVE_INFINITY -> true;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, REMAINDER, POWER, MINIMUM, MAXIMUM -> false;
      case NEGATE, ABSOLUTE, SIGN, RECIPROCAL, SQUARE_ROOT, EXP, LOG, ERF, SIGMOID -> false;
      case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, ASINH, ACOSH, ATANH -> false;
      case FLOOR, CEIL, ROUND, AND, OR, XOR, NOT, SELECT -> false;
      case BIT_AND, BIT_OR, BIT_XOR, BIT_NOT, SHIFT_LEFT, SHIFT_RIGHT -> false;
    };
  }
}
