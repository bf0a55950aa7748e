package io.edgewright.compiler.codegen;

import static io.edgewright.compiler.tensor.ElementType.BOOL;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Integer arithmetic, bools and conversions: exactly what the reference gives, for all pairs of
/// awkward numbers.
class PreludeIntegerTest {
  private static final long[] WHOLE = {
    0,
    1,
    2,
    3,
    5,
    7,
    8,
    31,
    33,
    63,
    64,
    100,
    127,
    128,
    255,
    32767,
    32768,
    65535,
    0x7FFF_FFFFL,
    0x8000_0000L,
    0xFFFF_FFFFL,
    0x1_0000_0001L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -2,
    -3,
    -7,
    -128,
    -32768,
    -0x8000_0000L
  };

  /// Exponents and distances.
  private static final long[] SMALL = {0, 1, 2, 3, 5, 7, 8, 15, 16, 31, 32, 33, 63, 64, 100, 127};

  private static final double[] REAL = {
    0,
    -0.0,
    0.5,
    -0.5,
    1.5,
    -1.5,
    2.5,
    99.99,
    127.6,
    128,
    -128.9,
    255,
    256,
    300,
    65503,
    65519,
    65520,
    1e5,
    -1e5,
    0x1p31,
    -0x1p31,
    0x1p32,
    0x1p53 + 2,
    0x1p63,
    -0x1p63,
    0x1p64,
    1e30,
    -1e30,
    6e-8,
    3e-8,
    1e-5,
    6.1e-5,
    1.0005,
    1.00049,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  @ParameterizedTest
  @EnumSource(
      names = {"FLOAT.*"},
      mode = EnumSource.Mode.MATCH_NONE)
  void calculatesAsTheReferenceDoes(ElementType element) {
    List<ScalarFunction> functions =
        Stream.of(ScalarFunction.values()).filter(function -> fits(function, element)).toList();
    List<Entry> entries = functions.stream().map(function -> entry(function, element)).toList();
    PreludeProgram program = new PreludeProgram("x86-64-v3", List.of(), entries);
    for (int i = 0; i < entries.size(); i++) {
      ScalarFunction function = functions.get(i);
      Tensor[] arguments =
          function.arity() == 1
              ? new Tensor[] {numbers(element, WHOLE, 1)}
              : pairs(element, seconds(function));
      Tensor expected = reference(function, arguments);
      check(function + " of " + element, apply(program, i, expected.type(), arguments), expected);
    }
  }

  private static boolean fits(ScalarFunction function, ElementType element) {
    return switch (function) {
      case AND, OR, XOR, NOT -> element == BOOL;
      case EQUAL -> true;
      case LESS, LESS_OR_EQUAL, MINIMUM, MAXIMUM -> element != BOOL;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, REMAINDER, POWER -> element != BOOL;
      case NEGATE, ABSOLUTE, SIGN -> element != BOOL;
      case BIT_AND, BIT_OR, BIT_XOR, BIT_NOT, SHIFT_LEFT, SHIFT_RIGHT -> element != BOOL;
      default -> false;
    };
  }

  private static Entry entry(ScalarFunction function, ElementType element) {
    VectorType type = new VectorType(element, 1);
    return new Entry(
        function.name().toLowerCase(Locale.ROOT),
        Collections.nCopies(function.arity(), type),
        function.isPredicate() ? new VectorType(BOOL, 1) : type);
  }

  private static long[] seconds(ScalarFunction function) {
    return switch (function) {
      case POWER, SHIFT_LEFT, SHIFT_RIGHT -> SMALL;
      default -> WHOLE;
    };
  }

  /// All pairs, as the type has them.
  private static Tensor[] pairs(ElementType element, long[] seconds) {
    long[] slowly = new long[WHOLE.length * seconds.length];
    Arrays.setAll(slowly, i -> seconds[i / WHOLE.length]);
    return new Tensor[] {numbers(element, WHOLE, seconds.length), numbers(element, slowly, 1)};
  }

  private static Tensor numbers(ElementType element, long[] numbers, int times) {
    long[] values = new long[numbers.length * times];
    Arrays.setAll(values, i -> numbers[i % numbers.length]);
    return convert(element, Tensor.ofLongs(Shape.of(values.length), values));
  }

  private static void check(String what, Tensor actual, Tensor expected) {
    for (int i = 0; i < expected.size(); i++) {
      boolean same =
          expected.element().isFloat()
              ? Double.compare(actual.getDouble(i), expected.getDouble(i)) == 0
              : actual.getLong(i) == expected.getLong(i);
      assertThat(same)
          .as("%s [%d]: %s, not %s", what, i, actual.getDouble(i), expected.getDouble(i))
          .isTrue();
    }
  }

  private static Tensor convert(ElementType to, Tensor from) {
    Op map = new Op.Map(new Expression.Convert(to, new Expression.Input(0)));
    return from.element() == to ? from : Interpreter.run(map, List.of(from)).getFirst();
  }

  private static Tensor reference(ScalarFunction function, Tensor... arguments) {
    Expression[] inputs = {new Expression.Input(0), new Expression.Input(1)};
    Op map = new Op.Map(Expression.apply(function, Arrays.copyOf(inputs, function.arity())));
    return Interpreter.run(map, List.of(arguments)).getFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86-64-v3", "x86-64-v2"})
  void convertsBetweenAllTypes(String target) {
    List<Entry> entries = new ArrayList<>();
    for (ElementType from : ElementType.values()) {
      for (ElementType to : ElementType.values()) {
        if (from != to) {
          entries.add(
              new Entry("convert", List.of(new VectorType(from, 1)), new VectorType(to, 1)));
        }
      }
    }
    PreludeProgram program = new PreludeProgram(target, List.of(), entries);
    for (int i = 0; i < entries.size(); i++) {
      ElementType from = entries.get(i).arguments().getFirst().element();
      ElementType to = entries.get(i).result().element();
      Tensor given =
          from.isFloat()
              ? Tensor.ofDoubles(from, Shape.of(REAL.length), REAL)
              : numbers(from, WHOLE, 1);
      Tensor expected = convert(to, given);
      check(from + " to " + to, apply(program, i, expected.type(), given), expected);
    }
  }

  private static Tensor apply(
      PreludeProgram program, int entry, TensorType type, Tensor... arguments) {
    int size = arguments[0].size();
    int bytes = arguments[0].bytes().remaining();
    byte[] elements = new byte[bytes * arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i].bytes().get(elements, i * bytes, bytes);
    }
    return new Tensor(type, program.apply(entry, elements, size).array());
  }

  /// Comparisons give -1 or 0 in each lane, and selections take it.
  @Test
  void comparesAndSelectsLanes() {
    VectorType floats = VectorType.floats(8);
    VectorType mask = new VectorType(BOOL, 8);
    PreludeProgram program =
        new PreludeProgram(
            "x86-64-v3",
            List.of(),
            List.of(
                new Entry("less", List.of(floats, floats), mask),
                new Entry("is_nan", List.of(floats), mask),
                new Entry("select", List.of(mask, floats, floats), floats),
                new Entry("not", List.of(mask), mask),
                new Entry("convert", List.of(mask), floats)));
    float[] x = {1, 2, Float.NaN, -0.0f, 5, 6, 7, -8};
    float[] y = {2, 1, 0, 0, 5, Float.POSITIVE_INFINITY, Float.NaN, -7};
    int[] less = {-1, 0, 0, 0, 0, -1, 0, -1};
    assertThat(ints(program.apply(0, bytes(x, y), 8))).containsExactly(less);
    assertThat(ints(program.apply(1, bytes(x), 8))).containsExactly(0, 0, -1, 0, 0, 0, 0, 0);
    assertThat(ints(program.apply(3, bytes(less), 8))).containsExactly(0, -1, -1, -1, -1, 0, -1, 0);
    ByteBuffer selected = program.apply(2, bytes(less, x, y), 8);
    assertThat(selected.getFloat(0)).isEqualTo(1);
    assertThat(selected.getFloat(4)).isEqualTo(1);
    assertThat(selected.getFloat(20)).isEqualTo(6);
    assertThat(program.apply(4, bytes(less), 8).getFloat(0)).isEqualTo(1);
  }

  private static byte[] bytes(Object... arrays) {
    ByteBuffer bytes = ByteBuffer.allocate(32 * arrays.length).order(ByteOrder.LITTLE_ENDIAN);
    for (Object array : arrays) {
      switch (array) {
        case float[] floats -> {
          for (float number : floats) {
            bytes.putFloat(number);
          }
        }
        case int[] ints -> {
          for (int number : ints) {
            bytes.putInt(number);
          }
        }
        default -> throw new IllegalArgumentException();
      }
    }
    return bytes.array();
  }

  private static int[] ints(ByteBuffer bytes) {
    int[] ints = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(ints);
    return ints;
  }
}
