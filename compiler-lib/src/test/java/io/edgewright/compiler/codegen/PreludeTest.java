package io.edgewright.compiler.codegen;

import static io.edgewright.compiler.tensor.ElementType.FLOAT32;
import static io.edgewright.compiler.tensor.ElementType.FLOAT64;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.codegen.PreludeProgram.Entry;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Functions of floats against the reference, in units in the last place of the exact result.
@Tag("slow")
class PreludeTest {
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    3,
    -3,
    7,
    1e5,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    88.72283f,
    88.72284f,
    89,
    -87.33655f,
    -103.97f,
    -103.98f,
    -104,
    -105,
    0x1p23,
    0x1p23 - 0.5,
    -0x1p22 - 0.5,
    0x1p24,
    0x1p-13,
    0.41421354f,
    0.70710677f,
    0.7071068f,
    1.4142135f,
    3.95f,
    9.01f,
    9.02f,
    16777215,
    3.1415927f,
    1.5707964f,
    0.99999994f,
    1.0000001f,
    -0.99999994f,
    1048577.5f,
    2.4142137f,
    6
  };

  private static final List<Integer> LANES = List.of(1, 2, 4, 8, 16);
  private static final Map<List<Object>, PreludeProgram> PROGRAMS = new ConcurrentHashMap<>();

  @ParameterizedTest
  @CsvSource({
    "EXP, 1",
    "LOG, 1",
    "SIN, 0.51",
    "COS, 0.51",
    "TAN, 0.51",
    "ASIN, 0.51",
    "ACOS, 0.51",
    "ATAN, 0.51",
    "SINH, 0.51",
    "COSH, 0.51",
    "ASINH, 0.51",
    "ACOSH, 0.51",
    "ATANH, 0.51",
    "TANH, 2.5",
    "SIGMOID, 2.5",
    "ERF, 1.5",
    "SQUARE_ROOT, 0.5",
    "RECIPROCAL, 0.5",
    "FLOOR, 0",
    "CEIL, 0",
    "ROUND, 0",
    "ABSOLUTE, 0",
    "NEGATE, 0",
    "SIGN, 0",
    "MINIMUM, 0",
    "MAXIMUM, 0",
    "POWER, 0.51",
    "REMAINDER, 0",
    "MODULO, 0.5"
  })
  void ofFloatsStaysWithinItsError(ScalarFunction function, double most) {
    Tensor[] arguments = arguments(FLOAT32, function.arity(), 1 << 19);
    Tensor expected = reference(function, exactly(arguments));
    Tensor actual = apply("x86-64-v3", List.of(), function, 1, arguments);
    check(function, arguments, actual, expected, most);
    for (int lanes = 2; lanes <= 16; lanes *= 2) {
      assertThat(apply("x86-64-v3", List.of(), function, lanes, arguments)).isEqualTo(actual);
    }
    assertThat(apply("x86-64-v4", List.of(), function, 16, arguments)).isEqualTo(actual);
  }

  /// The reference's own error function is some units off.
  @ParameterizedTest
  @CsvSource({
    "EXP, 1",
    "LOG, 1",
    "SIN, 2",
    "COS, 2",
    "TAN, 3",
    "ASIN, 2",
    "ACOS, 2",
    "ATAN, 2",
    "SINH, 4",
    "COSH, 4",
    "ASINH, 4",
    "ACOSH, 4",
    "TANH, 5",
    "SIGMOID, 3",
    "ERF, 16",
    "FLOOR, 0",
    "CEIL, 0",
    "ROUND, 0",
    "SIGN, 0",
    "MINIMUM, 0",
    "MAXIMUM, 0",
    "POWER, 3000",
    "REMAINDER, 0",
    "MODULO, 0"
  })
  void ofDoublesStaysWithinItsError(ScalarFunction function, double most) {
    Tensor[] arguments = arguments(FLOAT64, function.arity(), 1 << 18);
    Tensor actual = apply("x86-64-v3", List.of(), function, 1, arguments);
    check(function, arguments, actual, reference(function, arguments), most);
  }

  /// With few elements: an emulator is slow.
  @ParameterizedTest
  @EnumSource(names = {"EXP", "LOG", "SIN", "TANH", "ERF", "ROUND", "CEIL", "MAXIMUM", "POWER"})
  void givesTheSameOnOtherProcessors(ScalarFunction function) {
    Tensor[] arguments = arguments(FLOAT32, function.arity(), 1 << 14);
    Tensor expected = reference(function, exactly(arguments));
    for (int lanes : new int[] {1, 4}) {
      Tensor plain =
          apply("x86-64-v2", List.of("-mno-sse4.1", "-mno-sse4.2"), function, lanes, arguments);
      check(function, arguments, plain, expected, 2.5);
      check(
          function,
          arguments,
          apply("aarch64", List.of(), function, lanes, arguments),
          expected,
          2.5);
    }
  }

  private static void check(
      ScalarFunction function, Tensor[] arguments, Tensor actual, Tensor expected, double most) {
    for (int i = 0; i < expected.size(); i++) {
      double error = ulps(actual.element(), actual.getDouble(i), expected.getDouble(i));
      if (!(error <= most)) {
        List<Double> given = new ArrayList<>();
        for (Tensor argument : arguments) {
          given.add(argument.getDouble(i));
        }
        throw new AssertionError(
            "%s%s = %s, not %s: %.2f units in the last place"
                .formatted(function, given, actual.getDouble(i), expected.getDouble(i), error));
      }
    }
  }

  /// Infinite for a wrong special value.
  private static double ulps(ElementType type, double actual, double expected) {
    double rounded = type == FLOAT32 ? (float) expected : expected;
    if (Double.isNaN(rounded) || Double.isInfinite(rounded)) {
      return Double.compare(actual, rounded) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double unit = type == FLOAT32 ? Math.ulp((float) expected) : Math.ulp(expected);
    return Math.abs(actual - expected) / unit;
  }

  private static Tensor reference(ScalarFunction function, Tensor... arguments) {
    Expression[] inputs = {new Expression.Input(0), new Expression.Input(1)};
    Expression[] used = Arrays.copyOf(inputs, function.arity());
    Op map = new Op.Map(Expression.apply(function, used));
    return Interpreter.run(map, List.of(arguments)).getFirst();
  }

  private static Tensor[] exactly(Tensor... arguments) {
    Tensor[] doubles = new Tensor[arguments.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = Tensor.ofDoubles(FLOAT64, arguments[i].shape(), arguments[i].toDoubles());
    }
    return doubles;
  }

  private static Tensor apply(
      String target, List<String> flags, ScalarFunction function, int lanes, Tensor... arguments) {
    ElementType element = arguments[0].element();
    PreludeProgram program =
        PROGRAMS.computeIfAbsent(
            List.of(target, function, element),
            _ -> new PreludeProgram(target, flags, entries(function, element)));
    int size = arguments[0].size();
    byte[] elements = new byte[size * element.bytes() * arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i].bytes().get(elements, i * size * element.bytes(), size * element.bytes());
    }
    byte[] results = program.apply(LANES.indexOf(lanes), elements, size).array();
    return new Tensor(new TensorType(element, Shape.of(size)), results);
  }

  /// The function for every number of lanes; of doubles, which no kernel has vectors of, for one.
  private static List<Entry> entries(ScalarFunction function, ElementType element) {
    return LANES.stream()
        .filter(lanes -> lanes == 1 || element == FLOAT32)
        .map(lanes -> new VectorType(element, lanes))
        .map(type ->
            new Entry(
                function.name().toLowerCase(Locale.ROOT),
                Collections.nCopies(function.arity(), type),
                type))
        .toList();
  }

  /// Special values (all pairs of them), numbers of every size, and many of ordinary size.
  private static Tensor[] arguments(ElementType element, int count, int size) {
    Random random = new Random(42);
    Tensor[] arguments = new Tensor[count];
    for (int argument = 0; argument < count; argument++) {
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        boolean special = i < SPECIAL.length * SPECIAL.length;
        int digit = argument == 0 ? i % SPECIAL.length : i / SPECIAL.length % SPECIAL.length;
        values[i] = special ? SPECIAL[digit] : any(element, random);
      }
      arguments[argument] = Tensor.ofDoubles(element, Shape.of(size), values);
    }
    return arguments;
  }

  private static double any(ElementType element, Random random) {
    return switch (random.nextInt(4)) {
      case 0 ->
          element == FLOAT32
              ? Float.intBitsToFloat(random.nextInt())
              : Double.longBitsToDouble(random.nextLong());
      case 1 -> random.nextInt(-64, 64) / 2.0;
      default -> random.nextGaussian() * (1 << random.nextInt(8));
    };
  }
}
