package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.tensor.ElementType;
import java.util.function.LongBinaryOperator;

/// What each [ScalarFunction] means for integers and bools. Results wrap to the width of the type.
final class WholeFunctions {
  private static final double TWO_TO_63 = 0x1p63;

  private WholeFunctions() {}

  /// The value that the low bits of a number have in a type.
  static long wrap(ElementType type, long value) {
    return switch (type) {
      case UINT8 -> value & 0xFF;
      case INT8 -> (byte) value;
      case UINT16 -> value & 0xFFFF;
      case INT16 -> (short) value;
      case INT32 -> (int) value;
      case UINT32 -> value & 0xFFFF_FFFFL;
      case BOOL -> value == 0 ? 0 : 1;
      case INT64, UINT64, FLOAT16, FLOAT32, FLOAT64 -> value;
    };
  }

  static double toDouble(ElementType type, long value) {
    return type == ElementType.UINT64 && value < 0 ? ((value >>> 1) | (value & 1)) * 2.0 : value;
  }

  /// Truncated toward zero, then the low bits; NaN is zero.
  static long ofDouble(ElementType type, double value) {
    if (type == ElementType.BOOL) {
      return value == 0 ? 0 : 1;
    }
    if (type == ElementType.UINT64 && value >= TWO_TO_63) {
      return (long) (value - TWO_TO_63) ^ Long.MIN_VALUE;
    }
    return wrap(type, (long) value);
  }

  static boolean test(ScalarFunction function, ElementType type, long left, long right) {
    return switch (function) {
      case EQUAL -> left == right;
      case LESS -> compare(type, left, right) < 0;
      case LESS_OR_EQUAL -> compare(type, left, right) <= 0;
      default -> throw new IllegalArgumentException(function + " is no predicate of integers");
    };
  }

  static int compare(ElementType type, long left, long right) {
    return type == ElementType.UINT64
        ? Long.compareUnsigned(left, right)
        : Long.compare(left, right);
  }

  static LongBinaryOperator binary(ScalarFunction function, ElementType type) {
    boolean unsigned = type == ElementType.UINT64;
    return switch (function) {
      case ADD -> (a, b) -> a + b;
      case SUBTRACT -> (a, b) -> a - b;
      case MULTIPLY -> (a, b) -> a * b;
      case DIVIDE -> (a, b) -> b == 0 ? 0 : unsigned ? Long.divideUnsigned(a, b) : a / b;
      case MODULO -> (a, b) -> b == 0 ? 0 : remainder(unsigned, Math.floorMod(a, b), a, b);
      case REMAINDER -> (a, b) -> b == 0 ? 0 : remainder(unsigned, a % b, a, b);
      case POWER -> WholeFunctions::power;
      case MINIMUM -> (a, b) -> compare(type, a, b) <= 0 ? a : b;
      case MAXIMUM -> (a, b) -> compare(type, a, b) >= 0 ? a : b;
      case AND, BIT_AND -> (a, b) -> a & b;
      case OR, BIT_OR -> (a, b) -> a | b;
      case XOR, BIT_XOR -> (a, b) -> a ^ b;
      case SHIFT_LEFT -> (a, b) -> shifts(b) ? a << b : 0;
      case SHIFT_RIGHT -> (a, b) -> shiftRight(type, a, b);
      default -> throw new IllegalArgumentException(function + " takes no two integers");
    };
  }

  static long unary(ScalarFunction function, ElementType type, long a) {
    return switch (function) {
      case NEGATE -> -a;
      case ABSOLUTE -> type.kind() == ElementType.Kind.SIGNED ? Math.abs(a) : a;
      case SIGN -> type.kind() == ElementType.Kind.SIGNED ? Long.signum(a) : a == 0 ? 0 : 1;
      case NOT -> a == 0 ? 1 : 0;
      case BIT_NOT -> ~a;
      default -> throw new IllegalArgumentException(function + " takes no single integer");
    };
  }

  private static long remainder(boolean unsigned, long signed, long a, long b) {
    return unsigned ? Long.remainderUnsigned(a, b) : signed;
  }

  private static boolean shifts(long by) {
    return by >= 0 && by < Long.SIZE;
  }

  private static long shiftRight(ElementType type, long a, long by) {
    if (type.kind() == ElementType.Kind.UNSIGNED) {
      return shifts(by) ? a >>> by : 0;
    }
    return a >> Math.min(by & 0xFFFF_FFFFL, Long.SIZE - 1);
  }

  /// Exact modulo 2^64; a negative exponent truncates, as a division would.
  private static long power(long base, long exponent) {
    if (exponent < 0) {
      return base == 1 ? 1 : base == -1 ? (exponent % 2 == 0 ? 1 : -1) : 0;
    }
    long result = 1;
    for (long rest = exponent, square = base; rest > 0; rest >>= 1, square *= square) {
      result = (rest & 1) == 1 ? result * square : result;
    }
    return result;
  }
}
