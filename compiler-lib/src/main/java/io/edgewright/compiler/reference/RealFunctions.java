package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.tensor.ElementType;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// What each [ScalarFunction] means for floats. Predicates are not here, see [#test].
final class RealFunctions {
  private static final double TWO_OVER_ROOT_PI = 2 / StrictMath.sqrt(StrictMath.PI);

  private RealFunctions() {}

  /// A predicate of one or two floats.
  interface Test {
    boolean test(double left, double right);
  }

  static Test test(ScalarFunction function) {
    return switch (function) {
      case EQUAL -> (a, b) -> a == b;
      case LESS -> (a, b) -> a < b;
      case LESS_OR_EQUAL -> (a, b) -> a <= b;
      case IS_NAN -> (a, _) -> Double.isNaN(a);
      case IS_POSITIVE_INFINITY -> (a, _) -> a == Double.POSITIVE_INFINITY;
      case IS_NEGATIVE_INFINITY -> (a, _) -> a == Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException(function + " is no predicate of floats");
    };
  }

  static DoubleBinaryOperator binary(ScalarFunction function) {
    return switch (function) {
      case ADD -> Double::sum;
      case SUBTRACT -> (a, b) -> a - b;
      case MULTIPLY -> (a, b) -> a * b;
      case DIVIDE -> (a, b) -> a / b;
      case MODULO -> RealFunctions::modulo;
      case REMAINDER -> (a, b) -> a % b;
      case POWER -> RealFunctions::power;
      case MINIMUM -> Math::min;
      case MAXIMUM -> Math::max;
      default -> throw new IllegalArgumentException(function + " takes no two floats");
    };
  }

  static DoubleUnaryOperator unary(ScalarFunction function) {
    return switch (function) {
      case NEGATE -> a -> -a;
      case ABSOLUTE -> Math::abs;
      case SIGN -> Math::signum;
      case RECIPROCAL -> a -> 1 / a;
      case SQUARE_ROOT -> Math::sqrt;
      case EXP -> StrictMath::exp;
      case LOG -> StrictMath::log;
      case SIN -> StrictMath::sin;
      case COS -> StrictMath::cos;
      case TAN -> StrictMath::tan;
      case ASIN -> StrictMath::asin;
      case ACOS -> StrictMath::acos;
      case ATAN -> StrictMath::atan;
      case SINH -> StrictMath::sinh;
      case COSH -> StrictMath::cosh;
      case TANH -> StrictMath::tanh;
      case ASINH -> RealFunctions::asinh;
      case ACOSH -> RealFunctions::acosh;
      case ATANH -> a -> 0.5 * StrictMath.log1p(2 * a / (1 - a));
      case ERF -> RealFunctions::erf;
      case SIGMOID -> RealFunctions::sigmoid;
      case FLOOR -> Math::floor;
      case CEIL -> Math::ceil;
      case ROUND -> Math::rint;
      default -> throw new IllegalArgumentException(function + " takes no single float");
    };
  }

  /// The nearest number that the type has.
  static double round(ElementType type, double value) {
    return switch (type) {
      case FLOAT32 -> (float) value;
      case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16((float) value));
      case FLOAT64, BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> value;
    };
  }

  private static double modulo(double a, double b) {
    double remainder = a % b;
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
  }

  /// Java gives NaN where IEEE 754 and C give 1.
  private static double power(double a, double b) {
    boolean one = a == 1 || (a == -1 && Double.isInfinite(b));
    return one ? 1 : StrictMath.pow(a, b);
  }

  private static double sigmoid(double a) {
    if (a >= 0) {
      return 1 / (1 + StrictMath.exp(-a));
    }
    double power = StrictMath.exp(a);
    return power / (1 + power);
  }

  private static double asinh(double a) {
    double size = Math.abs(a);
    double result =
        size > 1e150
            ? StrictMath.log(size) + StrictMath.log(2)
            : StrictMath.log1p(size + size * size / (1 + Math.sqrt(1 + size * size)));
    return Math.copySign(result, a);
  }

  private static double acosh(double a) {
    double above = a - 1;
    if (above < 0) {
      return Double.NaN;
    }
    return a > 1e150
        ? StrictMath.log(a) + StrictMath.log(2)
        : StrictMath.log1p(above + Math.sqrt(2 * above + above * above));
  }

  /// Power series near zero (all terms of one sign, Abramowitz and Stegun 7.1.6), continued
  /// fraction of erfc further out (7.1.14).
  private static double erf(double a) {
    double size = Math.abs(a);
    if (!(size < 6)) {
      return Double.isNaN(a) ? a : Math.signum(a);
    }
    double gauss = StrictMath.exp(-size * size);
    if (size < 2.5) {
      double term = size;
      double sum = size;
      for (int n = 1; term > sum * 1e-17; n++) {
        term *= 2 * size * size / (2 * n + 1);
        sum += term;
      }
      return Math.copySign(TWO_OVER_ROOT_PI * gauss * sum, a);
    }
    double fraction = size;
    for (int n = 60; n >= 1; n--) {
      fraction = size + 0.5 * n / fraction;
    }
    return Math.copySign(1 - 0.5 * TWO_OVER_ROOT_PI * gauss / fraction, a);
  }
}
