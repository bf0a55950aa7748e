package io.edgewright.compiler.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.bundle.TestBundle.Answer;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.testing.InstalledTool;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// 64-bit arithmetic on 32-bit ARM, where the compiler calls functions of the runner's own for it.
class ArmArithmeticTest {
  private static final int COUNT = 4000;
  private static final int RESULTS = 19;
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  /// Edges of 32, 53 and 64 bits, and halves between floats.
  private static final long[] EDGES = {
    0,
    1,
    -1,
    2,
    3,
    10,
    0x7fffffffL,
    0x80000000L,
    0xffffffffL,
    0x100000000L,
    0x100000001L,
    0x1000001L,
    0x1000003L,
    (1L << 53) - 1,
    (1L << 53) + 1,
    (1L << 53) + 3,
    0x4000004000000000L,
    0x4000004000000001L,
    0x400000bfffffffffL,
    0x400000c000000000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE + 1,
    Long.MIN_VALUE,
    0xfffffffffffff800L,
    0xfffffffffffffc00L
  };

  @ParameterizedTest
  @ValueSource(strings = {"raspberry-pi-zero", "raspberry-pi-2"})
  void computesAsTheLanguageSays(String id, @TempDir Path folder) {
    Target target = TestBundle.target(id);
    Path emulator = InstalledTool.qemuUser(target.architecture());
    NativeProgram program = arithmetic();
    TestBundle bundle =
        TestBundle.unpack(
                TestBundle.entries(program, target, TestBundle.noGolden(program.outputs().size())),
                folder)
            .under(emulator.toString(), "-cpu", target.emulatedCpu().orElseThrow());
    byte[] frame = frame();
    Answer answer = bundle.run(frame);
    assertThat(answer.status()).as(answer.complaint()).isZero();
    check(
        ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN),
        ByteBuffer.wrap(answer.bytes()).order(ByteOrder.LITTLE_ENDIAN));
  }

  /// In small code, so that nothing is done in line.
  private static NativeProgram arithmetic() {
    Shape shape = Shape.of(COUNT);
    return TinyPrograms.program(
        "arithmetic",
        List.of(
            Port.Raw.of("a", ElementType.INT64, shape),
            Port.Raw.of("b", ElementType.INT64, shape),
            Port.Raw.of("x", ElementType.FLOAT64, shape)),
        List.of(Port.Raw.of("y", ElementType.INT64, Shape.of(RESULTS * COUNT))),
        """
        static uint64_t bits_of_double(double x) {
          union { double number; uint64_t bits; } same = {x};
          return same.bits;
        }
        static uint64_t bits_of_float(float x) {
          union { float number; uint32_t bits; } same = {x};
          return same.bits;
        }
        __attribute__((minsize))
        static int compute(const float *weights, void *arena, const ew_tensor *in,
                           ew_tensor *out, const ew_parallel *parallel) {
          uint64_t *y = out->data;
          for (int i = 0; i < %1$d; i++) {
            int64_t a = ((const int64_t *)in[0].data)[i], b = ((const int64_t *)in[1].data)[i];
            double x = ((const double *)in[2].data)[i];
            uint64_t ua = a, ub = b;
            int32_t small_a = a, small_b = b, by = b & 63;
            *y++ = b == 0 || b == -1 ? 0 : a / b;
            *y++ = b == 0 || b == -1 ? 0 : a %% b;
            *y++ = b == 0 ? 0 : ua / ub;
            *y++ = b == 0 ? 0 : ua %% ub;
            *y++ = small_b == 0 || small_b == -1 ? 0 : small_a / small_b;
            *y++ = small_b == 0 || small_b == -1 ? 0 : small_a %% small_b;
            *y++ = small_b == 0 ? 0 : (uint32_t)small_a / (uint32_t)small_b;
            *y++ = small_b == 0 ? 0 : (uint32_t)small_a %% (uint32_t)small_b;
            *y++ = ua << by;
            *y++ = ua >> by;
            *y++ = a >> by;
            *y++ = bits_of_double(a);
            *y++ = bits_of_double(ua);
            *y++ = bits_of_float(a);
            *y++ = bits_of_float(ua);
            *y++ = (int64_t)x;
            *y++ = x < 0 ? 0 : (uint64_t)x;
            *y++ = (int64_t)(float)(x / 4);
            *y++ = x < 0 ? 0 : (uint64_t)(float)(x / 4);
          }
          out->shape[0] = %2$d;
          return EW_OK;
        }
        """
            .formatted(COUNT, RESULTS * COUNT));
  }

  private static byte[] frame() {
    Random random = new Random(7);
    byte[] bytes = new byte[3 * COUNT * Long.BYTES];
    ByteBuffer frame = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < COUNT; i++) {
      frame.putLong(i < EDGES.length * EDGES.length ? EDGES[i % EDGES.length] : any(random));
    }
    for (int i = 0; i < COUNT; i++) {
      frame.putLong(i < EDGES.length * EDGES.length ? EDGES[i / EDGES.length] : any(random));
    }
    for (int i = 0; i < COUNT; i++) {
      frame.putDouble(any(random) + random.nextDouble());
    }
    return bytes;
  }

  /// Of any length.
  private static long any(Random random) {
    return random.nextLong() >> random.nextInt(64);
  }

  private static void check(ByteBuffer frame, ByteBuffer results) {
    for (int i = 0; i < COUNT; i++) {
      long a = frame.getLong(i * Long.BYTES);
      long b = frame.getLong((COUNT + i) * Long.BYTES);
      double x = frame.getDouble((2 * COUNT + i) * Long.BYTES);
      long[] expected = expected(a, b, x);
      for (int result = 0; result < RESULTS; result++) {
        assertThat(results.getLong())
            .as("%d of %d, %d, %s", result, a, b, x)
            .isEqualTo(expected[result]);
      }
    }
    assertThat(results.hasRemaining()).isFalse();
  }

  private static long[] expected(long a, long b, double x) {
    int smallA = (int) a;
    int smallB = (int) b;
    boolean skips = b == 0 || b == -1;
    boolean skipsSmall = smallB == 0 || smallB == -1;
    BigInteger unsigned = a < 0 ? BigInteger.valueOf(a).add(TWO_TO_64) : BigInteger.valueOf(a);
    double quarter = (float) (x / 4);
    return new long[] {
      skips ? 0 : a / b,
      skips ? 0 : a % b,
      b == 0 ? 0 : Long.divideUnsigned(a, b),
      b == 0 ? 0 : Long.remainderUnsigned(a, b),
      skipsSmall ? 0 : smallA / smallB,
      skipsSmall ? 0 : smallA % smallB,
      smallB == 0 ? 0 : Integer.toUnsignedLong(Integer.divideUnsigned(smallA, smallB)),
      smallB == 0 ? 0 : Integer.toUnsignedLong(Integer.remainderUnsigned(smallA, smallB)),
      a << b,
      a >>> b,
      a >> b,
      Double.doubleToRawLongBits((double) a),
      Double.doubleToRawLongBits(unsigned.doubleValue()),
      Integer.toUnsignedLong(Float.floatToRawIntBits((float) a)),
      Integer.toUnsignedLong(Float.floatToRawIntBits(unsigned.floatValue())),
      (long) x,
      x < 0 ? 0 : (long) x,
      (long) quarter,
      x < 0 ? 0 : (long) quarter,
    };
  }
}
