package io.edgewright.compiler.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Op.Fit;
import io.edgewright.compiler.graph.Op.PixelOrder;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `image.h` against the reference, which `ImageToTensorReferenceTest` holds against ONNX Runtime.
class ImageKernelTest {
  private static final List<PixelOrder> ORDERS = List.of(PixelOrder.values());
  private static final List<Fit> FITS = List.of(Fit.values());
  private static final int UNTOUCHED = 0x7b7b7b7b;

  private final Random random = new Random(3);

  @ParameterizedTest
  @MethodSource("targets")
  void agreesWithTheReferenceOnRandomPictures(String target) {
    KernelProgram program = KernelProgram.of(target);
    for (int round = 0; round < 60; round++) {
      check(program, op(1 + random.nextInt(40), 1 + random.nextInt(40)), side(60), side(60));
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void takesPicturesOfAnyShape(String target) {
    KernelProgram program = KernelProgram.of(target);
    int[][] sides = {{1, 1}, {1, 7}, {7, 1}, {2, 2}, {1, 4096}, {4096, 1}, {4096, 3}, {5, 4096}};
    for (int[] side : sides) {
      for (int round = 0; round < 3; round++) {
        check(program, op(1 + random.nextInt(20), 1 + random.nextInt(20)), side[0], side[1]);
      }
      check(program, op(1, 1), side[0], side[1]);
    }
  }

  private int side(int most) {
    return 1 + random.nextInt(most);
  }

  private Op.ImageToTensor op(int width, int height) {
    PixelOrder tensor = any(ORDERS);
    int channels = tensor == PixelOrder.GRAY ? 1 : 3;
    return new Op.ImageToTensor(
        any(ORDERS),
        tensor,
        width,
        height,
        any(FITS),
        numbers(channels, 0, 255),
        numbers(channels, 0, 255),
        numbers(channels, 0.5, 2),
        random.nextBoolean());
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private List<Double> numbers(int count, double least, double most) {
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add((double) (float) random.nextDouble(least, most));
    }
    return numbers;
  }

  /// Where the elements of the output lie.
  private record Strides(long channel, long row, long column, int channels, Op.ImageToTensor op) {
    long index(long channelIndex, long y, long x) {
      return channelIndex * channel + y * row + x * column;
    }

    int floats() {
      return (int) index(channels - 1L, op.height() - 1, op.width() - 1) + 1;
    }

    /// Of an element in the order of the operator's own output.
    int index(int element) {
      int plane = (int) (op.width() * op.height());
      int channelIndex = op.channelsLast() ? element % channels : element / plane;
      int at = op.channelsLast() ? element / channels : element % plane;
      return (int) index(channelIndex, at / op.width(), at % op.width());
    }
  }

  /// With gaps between elements, and between rows.
  private Strides strides(Op.ImageToTensor op) {
    int channels = op.mean().size();
    long gap = 1L + random.nextInt(3);
    long column = gap * (op.channelsLast() ? channels : 1);
    long row = column * op.width() + random.nextInt(4);
    return new Strides(op.channelsLast() ? gap : row * op.height(), row, column, channels, op);
  }

  private void check(KernelProgram program, Op.ImageToTensor op, int width, int height) {
    Tensor picture = picture(op.pixels() == PixelOrder.GRAY ? 1 : 3, width, height);
    double[] expected = Interpreter.run(op, List.of(picture)).getFirst().toDoubles();
    Strides strides = strides(op);
    int[] made = inTwoParts(program, op, strides, picture);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) Float.intBitsToFloat(made[strides.index(i)]))
          .describedAs("%s of %d x %d, element %d", op, width, height, i)
          .isCloseTo(expected[i], within(5e-4));
    }
    assertThat(Arrays.stream(made).filter(bits -> bits != UNTOUCHED)).hasSize(expected.length);
  }

  /// The upper rows by one call, the lower ones by another.
  private int[] inTwoParts(
      KernelProgram program, Op.ImageToTensor op, Strides strides, Tensor picture) {
    int[] made = new int[strides.floats()];
    Arrays.fill(made, UNTOUCHED);
    long middle = random.nextLong(op.height() + 1);
    for (List<Long> rows : List.of(List.of(0L, middle), List.of(middle, op.height()))) {
      List<Long> numbers =
          new ArrayList<>(
              List.of(
                  strides.channel,
                  strides.row,
                  strides.column,
                  op.width(),
                  op.height(),
                  (long) ORDERS.indexOf(op.tensor()),
                  picture.shape().extent(1),
                  picture.shape().extent(0),
                  (long) ORDERS.indexOf(op.pixels()),
                  (long) FITS.indexOf(op.fit())));
      numbers.addAll(rows);
      numbers.add((long) made.length);
      ByteBuffer out =
          program.run(
              KernelProgram.IMAGE,
              numbers,
              List.of(floats(op.padding()), floats(op.mean()), floats(op.scale()), picture));
      for (int i = 0; i < made.length; i++) {
        int bits = out.getInt();
        made[i] = bits == UNTOUCHED ? made[i] : bits;
      }
    }
    return made;
  }

  private Tensor picture(int channels, int width, int height) {
    byte[] bytes = new byte[channels * width * height];
    random.nextBytes(bytes);
    return new Tensor(new TensorType(ElementType.UINT8, Shape.of(height, width, channels)), bytes);
  }

  private static Tensor floats(List<Double> numbers) {
    double[] values = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    return Tensor.ofDoubles(ElementType.FLOAT32, Shape.of(values.length), values);
  }

  static List<String> targets() {
    return KernelProgram.targets();
  }
}
