package io.edgewright.compiler.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.tensor.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Numbers in JSON read back as the same bits, in as few digits as Java takes.
class DecimalTest {
  private static final int COUNT = 20_000;

  @TempDir Path folder;

  @Test
  void printsFloatsShortAndExact() {
    Random random = new Random(1);
    float[] values = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = i < 600 ? edgeFloat(i) : Float.intBitsToFloat(random.nextInt());
    }
    ByteBuffer frame = buffer(4L * COUNT);
    frame.asFloatBuffer().put(values);
    String[] texts = print(ElementType.FLOAT32, frame);
    for (int i = 0; i < COUNT; i++) {
      if (Float.isFinite(values[i])) {
        assertThat(Float.parseFloat(texts[i])).isEqualTo(values[i]);
        assertThat(digits(texts[i])).isLessThanOrEqualTo(digits(Float.toString(values[i])));
      } else {
        assertThat(texts[i]).isEqualTo("null");
      }
    }
  }

  @Test
  void printsDoublesShortAndExact() {
    Random random = new Random(2);
    double[] values =
        DoubleStream.concat(
                IntStream.range(-1074, 1024).mapToDouble(power -> Math.scalb(1.0, power)),
                DoubleStream.generate(() -> Double.longBitsToDouble(random.nextLong())))
            .limit(COUNT)
            .toArray();
    ByteBuffer frame = buffer(8L * COUNT);
    frame.asDoubleBuffer().put(values);
    String[] texts = print(ElementType.FLOAT64, frame);
    for (int i = 0; i < COUNT; i++) {
      if (Double.isFinite(values[i])) {
        assertThat(Double.parseDouble(texts[i])).isEqualTo(values[i]);
        assertThat(digits(texts[i])).isLessThanOrEqualTo(digits(Double.toString(values[i])));
      }
    }
  }

  @Test
  void printsHalfFloats() {
    ByteBuffer frame = buffer(2 * 65536L);
    for (int bits = 0; bits < 65536; bits++) {
      frame.putShort(2 * bits, (short) bits);
    }
    String[] texts = print(ElementType.FLOAT16, frame);
    for (int bits = 0; bits < 65536; bits++) {
      float value = Float.float16ToFloat((short) bits);
      if (Float.isFinite(value)) {
        assertThat(Float.parseFloat(texts[bits])).isEqualTo(value);
      } else {
        assertThat(texts[bits]).isEqualTo("null");
      }
    }
  }

  @Test
  void printsPlainNumbersPlainly() {
    ByteBuffer frame = buffer(8 * 4L);
    frame.asFloatBuffer().put(new float[] {0, -0.5f, 0.93f, 1e-7f, 16777216, 3e20f, 100, 123.25f});
    assertThat(print(ElementType.FLOAT32, frame))
        .containsExactly("0", "-0.5", "0.93", "1e-7", "16777216", "3e20", "100", "123.25");
  }

  @Test
  void printsEveryElementType() {
    TestBundle bundle = TestBundle.unpack(TinyPrograms.everyType(), folder);
    int bytes = Stream.of(ElementType.values()).mapToInt(element -> 3 * element.bytes()).sum();
    byte[] frame = new byte[bytes];
    Arrays.fill(frame, (byte) -1);
    assertThat(bundle.run(frame, "--format", "json").text())
        .contains("\"out_float32\":{\"shape\":[3],\"data\":[null,null,null]}")
        .contains("\"out_uint8\":{\"shape\":[3],\"data\":[255,255,255]}")
        .contains("\"out_int8\":{\"shape\":[3],\"data\":[-1,-1,-1]}")
        .contains("\"out_int64\":{\"shape\":[3],\"data\":[-1,-1,-1]}")
        .contains("\"out_uint16\":{\"shape\":[3],\"data\":[65535,65535,65535]}")
        .contains("\"out_uint32\":{\"shape\":[3],\"data\":[4294967295,4294967295,4294967295]}")
        .contains("\"out_uint64\":{\"shape\":[3],\"data\":[18446744073709551615,")
        .contains("\"out_bool\":{\"shape\":[3],\"data\":[true,true,true]}");
    assertThat(bundle.run(new byte[bytes], "--format", "json").text())
        .contains("\"out_float64\":{\"shape\":[3],\"data\":[0,0,0]}")
        .contains("\"out_bool\":{\"shape\":[3],\"data\":[false,false,false]}");
  }

  @Test
  void printsTheLargestWholeNumbers() {
    ByteBuffer frame = buffer(3 * 8L);
    frame.asLongBuffer().put(new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE});
    assertThat(print(ElementType.INT64, frame))
        .containsExactly("-9223372036854775808", "-1", "9223372036854775807");
  }

  private static float edgeFloat(int i) {
    float power = Math.scalb(1f, i / 2 - 149);
    return i % 2 == 0 ? power : Math.nextDown(power);
  }

  private static ByteBuffer buffer(long bytes) {
    return ByteBuffer.wrap(new byte[(int) bytes]).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String[] print(ElementType element, ByteBuffer frame) {
    byte[] bytes = new byte[frame.capacity()];
    frame.get(0, bytes);
    TestBundle bundle =
        TestBundle.unpack(
            TinyPrograms.identity(element, bytes.length / element.bytes()),
            folder.resolve(element.text()));
    String line = bundle.run(bytes, "--format", "json").text();
    return line.substring(line.lastIndexOf('[') + 1, line.lastIndexOf(']')).split(",");
  }

  /// How many digits the reader of a number must look at.
  private static int digits(String number) {
    return number
        .replaceAll("[eE].*", "")
        .replaceAll("[-.]", "")
        .replaceAll("^0+", "")
        .replaceAll("0+$", "")
        .length();
  }
}
