package io.edgewright.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.schedule.loops.VectorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreludeTest {
  private static final float[] SPECIAL = {
    0.0f,
    -0.0f,
    1,
    -1,
    0.5f,
    -0.5f,
    1.5f,
    2.5f,
    -2.5f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    88.72283f,
    88.72284f,
    89,
    -87.33655f,
    -103.97f,
    -103.98f,
    -104,
    -105,
    0x1p23f,
    0x1p23f - 0.5f,
    -0x1p22f - 0.5f,
    0x1p24f,
    0x1p-13f,
    0.41421354f,
    0.70710677f,
    0.7071068f,
    1.4142135f,
    9.01f,
    9.02f,
    16777215,
    3.1415927f,
    1.5707964f,
    1e5f,
    0.99999994f,
    1.0000001f,
    -0.99999994f
  };

  @ParameterizedTest
  @CsvSource({
    // function, largest error in units in the last place
    "EXP, 2",
    "LOG, 2",
    "SIGMOID, 3",
    "TANH, 3",
    "SQUARE_ROOT, 0.5",
    "RECIPROCAL, 0.5",
    "FLOOR, 0",
    "CEIL, 0",
    "ROUND, 0",
    "ABSOLUTE, 0",
    "NEGATE, 0",
    "SIGN, 0",
  })
  void staysWithinItsErrorOverAllFloats(String function, double most) {
    DoubleUnaryOperator meaning = meaning(function);
    float[] arguments = arguments();
    float[] first = apply("x86-64-v3", function, 1, arguments);
    double worst = 0;
    for (int i = 0; i < arguments.length; i++) {
      double error = ulps(first[i], meaning.applyAsDouble(arguments[i]));
      assertThat(error)
          .as("%s(%a) = %a", function, arguments[i], first[i])
          .isLessThanOrEqualTo(most);
      worst = Math.max(worst, error);
    }
    System.out.printf(Locale.ROOT, "%s: %.2f ulp%n", function, worst);
    for (int lanes = 2; lanes <= 16; lanes *= 2) {
      assertThat(apply("x86-64-v3", function, lanes, arguments)).isEqualTo(first);
    }
    assertThat(apply("x86-64-v4", function, 16, arguments)).isEqualTo(first);
  }

  /// Distance in units of the last place of the exact result; infinite for a wrong special value.
  private static double ulps(float actual, double expected) {
    if (Double.isNaN(expected) || Math.abs(expected) > Float.MAX_VALUE * (1 + 0x1p-25)) {
      return Float.compare(actual, (float) expected) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(actual - expected) / Math.ulp((float) expected);
  }

  private static DoubleUnaryOperator meaning(String function) {
    return switch (function) {
      case "EXP" -> StrictMath::exp;
      case "SIGMOID" ->
          x -> x < 0 ? StrictMath.exp(x) / (1 + StrictMath.exp(x)) : 1 / (1 + StrictMath.exp(-x));
      case "LOG" -> StrictMath::log;
      case "TANH" -> StrictMath::tanh;
      case "SQUARE_ROOT" -> Math::sqrt;
      case "RECIPROCAL" -> x -> 1 / x;
      case "FLOOR" -> Math::floor;
      case "CEIL" -> Math::ceil;
      case "ROUND" -> Math::rint;
      case "ABSOLUTE" -> Math::abs;
      case "NEGATE" -> x -> -x;
      case "SIGN" -> Math::signum;
      default -> throw new IllegalArgumentException(function);
    };
  }

  private static float[] apply(String target, String function, int lanes, float[] arguments) {
    VectorType type = VectorType.floats(lanes);
    Prelude.Use use = new Prelude.Use(function.toLowerCase(Locale.ROOT), type);
    ByteBuffer in = ByteBuffer.allocate(4 * arguments.length).order(ByteOrder.LITTLE_ENDIAN);
    in.asFloatBuffer().put(arguments);
    float[] results = new float[arguments.length];
    new PreludeProgram(target, use, type, 1)
        .apply(in.array(), arguments.length)
        .asFloatBuffer()
        .get(results);
    return results;
  }

  /// Special values, numbers of every size, and many of ordinary size.
  private static float[] arguments() {
    Random random = new Random(42);
    float[] arguments = new float[1 << 20];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] =
          i < SPECIAL.length
              ? SPECIAL[i]
              : i % 2 == 0
                  ? Float.intBitsToFloat(random.nextInt())
                  : (float) random.nextGaussian() * (1 << random.nextInt(8));
    }
    return arguments;
  }
}
