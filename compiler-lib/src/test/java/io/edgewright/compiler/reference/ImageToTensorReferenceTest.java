package io.edgewright.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Op.Fit;
import io.edgewright.compiler.graph.Op.PixelOrder;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Against ONNX Runtime, and against pictures whose resampling is known by arithmetic.
class ImageToTensorReferenceTest {
  private final Random random = new Random(1);

  @Test
  void stretchesAsOnnxRuntimeResizes() {
    for (int round = 0; round < 200; round++) {
      int height = 1 + random.nextInt(40);
      int width = 1 + random.nextInt(40);
      Op.ImageToTensor op = op(Fit.STRETCH, 1 + random.nextInt(40), 1 + random.nextInt(40), false);
      Tensor picture = picture(3, width, height, (_, _) -> random.nextInt(256));
      float[] planes = planes(picture);

      float[] expected =
          OnnxRuntimeJudge.resize(
              planes, new long[] {1, 3, height, width}, op.height(), op.width());

      double[] made = run(op, picture);
      for (int i = 0; i < made.length; i++) {
        assertThat(made[i])
            .describedAs("%d x %d to %d x %d, %d", width, height, op.width(), op.height(), i)
            .isCloseTo((expected[i] - 10) * 0.5, within(2e-3));
      }
    }
  }

  @Test
  void putsALetterboxedPictureInTheMiddle() {
    Tensor wide = picture(1, 100, 50, (_, _) -> 200);
    assertThat(rows(run(gray(Fit.LETTERBOX, 64, 64), wide), 64))
        .isEqualTo("p".repeat(16) + "i".repeat(32) + "p".repeat(16));
    Tensor odd = picture(1, 64, 61, (_, _) -> 200);
    assertThat(rows(run(gray(Fit.LETTERBOX, 64, 64), odd), 64))
        .isEqualTo("p" + "i".repeat(61) + "pp");
    Tensor extreme = picture(1, 4096, 1, (_, _) -> 200);
    assertThat(rows(run(gray(Fit.LETTERBOX, 8, 9), extreme), 8)).isEqualTo("ppppipppp");
  }

  @Test
  void putsALetterboxedPictureAtTheTopLeft() {
    Tensor wide = picture(1, 100, 50, (_, _) -> 200);
    assertThat(rows(run(gray(Fit.LETTERBOX_TOP_LEFT, 64, 64), wide), 64))
        .isEqualTo("i".repeat(32) + "p".repeat(32));
  }

  /// A picture of 4 x 2 brought to 2 x 2: the columns in the middle are kept as they are.
  @Test
  void keepsTheMiddleWhenCropping() {
    Tensor picture = picture(1, 4, 2, (x, y) -> 10 * x + y);
    assertThat(run(gray(Fit.CENTER_CROP, 2, 2), picture)).containsExactly(10, 20, 11, 21);
    Tensor tall = picture(1, 2, 4, (x, y) -> 10 * y + x);
    assertThat(run(gray(Fit.CENTER_CROP, 2, 2), tall)).containsExactly(10, 11, 20, 21);
  }

  /// Bilinear interpolation is exact on a ramp: the pixel is the ramp at the position.
  @Test
  void followsARampInEveryFit() {
    Tensor ramp = picture(1, 120, 80, (x, y) -> x + y);
    double[] crop = run(gray(Fit.CENTER_CROP, 40, 40), ramp);
    assertThat(crop[40 * 20 + 20]).isCloseTo((40 + 0.5) * 2 - 0.5 + 20.5 * 2 - 0.5 - 20, close());
    double[] box = run(gray(Fit.LETTERBOX, 60, 60), ramp);
    assertThat(box[60 * 30 + 30]).isCloseTo(30.5 * 2 - 0.5 + (30 - 10 + 0.5) * 2 - 0.5, close());
    double[] stretch = run(gray(Fit.STRETCH, 30, 40), ramp);
    assertThat(stretch[30 * 20 + 15]).isCloseTo(15.5 * 4 - 0.5 + 20.5 * 2 - 0.5, close());
  }

  @Test
  void spreadsASinglePixelOverAllThatItCovers() {
    Tensor pixel = picture(1, 1, 1, (_, _) -> 77);
    assertThat(run(gray(Fit.STRETCH, 5, 3), pixel)).containsOnly(77);
    assertThat(run(gray(Fit.CENTER_CROP, 5, 3), pixel)).containsOnly(77);
    assertThat(rows(run(gray(Fit.LETTERBOX, 3, 5), pixel), 3)).isEqualTo("piiip");
  }

  @Test
  void bringsChannelsIntoTheNetworksOrder() {
    Tensor red = new Tensor(pictureType(3, 1, 1), new byte[] {(byte) 200, 100, 50});
    assertThat(run(color(PixelOrder.RGB, PixelOrder.RGB), red)).containsExactly(200, 99, 48);
    assertThat(run(color(PixelOrder.RGB, PixelOrder.BGR), red)).containsExactly(50, 99, 198);
    assertThat(run(color(PixelOrder.BGR, PixelOrder.RGB), red)).containsExactly(50, 99, 198);
    Tensor gray = new Tensor(pictureType(1, 1, 1), new byte[] {100});
    assertThat(run(color(PixelOrder.GRAY, PixelOrder.RGB), gray)).containsExactly(100, 99, 98);
  }

  @Test
  void weighsColoursAsTheEyeDoes() {
    Tensor red = new Tensor(pictureType(3, 1, 1), new byte[] {(byte) 200, 100, 50});
    double luma = 0.299 * 200 + 0.587 * 100 + 0.114 * 50;
    assertThat(run(toGray(PixelOrder.RGB), red)[0]).isCloseTo(luma, close());
    double turned = 0.299 * 50 + 0.587 * 100 + 0.114 * 200;
    assertThat(run(toGray(PixelOrder.BGR), red)[0]).isCloseTo(turned, close());
  }

  @Test
  void writesChannelsLastWhereAsked() {
    Tensor picture = picture(3, 7, 5, (_, _) -> random.nextInt(256));
    double[] first = run(op(Fit.LETTERBOX, 6, 4, false), picture);
    double[] last = run(op(Fit.LETTERBOX, 6, 4, true), picture);
    for (int i = 0; i < first.length; i++) {
      assertThat(last[i % 24 * 3 + i / 24]).isEqualTo(first[i]);
    }
  }

  /// One letter a row: p where all is padding, i where all is picture.
  private static String rows(double[] pixels, int width) {
    StringBuilder rows = new StringBuilder();
    for (int from = 0; from < pixels.length; from += width) {
      double[] row = Arrays.copyOfRange(pixels, from, from + width);
      assertThat(row).containsOnly(row[0]);
      rows.append(row[0] == 33 ? 'p' : 'i');
    }
    return rows.toString();
  }

  private static Offset<Double> close() {
    return within(1e-4);
  }

  private static double[] run(Op.ImageToTensor op, Tensor picture) {
    return Interpreter.run(op, List.of(picture)).getFirst().toDoubles();
  }

  private static Op.ImageToTensor op(Fit fit, int width, int height, boolean channelsLast) {
    return new Op.ImageToTensor(
        PixelOrder.RGB,
        PixelOrder.RGB,
        width,
        height,
        fit,
        List.of(1.0, 2.0, 3.0),
        List.of(10.0, 10.0, 10.0),
        List.of(0.5, 0.5, 0.5),
        channelsLast);
  }

  private static Op.ImageToTensor gray(Fit fit, int width, int height) {
    return new Op.ImageToTensor(
        PixelOrder.GRAY,
        PixelOrder.GRAY,
        width,
        height,
        fit,
        List.of(33.0),
        List.of(0.0),
        List.of(1.0),
        false);
  }

  private static Op.ImageToTensor toGray(PixelOrder pixels) {
    return new Op.ImageToTensor(
        pixels,
        PixelOrder.GRAY,
        1,
        1,
        Fit.STRETCH,
        List.of(0.0),
        List.of(0.0),
        List.of(1.0),
        false);
  }

  /// Takes 0, 1 and 2 off the channels of the network.
  private static Op.ImageToTensor color(PixelOrder pixels, PixelOrder tensor) {
    return new Op.ImageToTensor(
        pixels,
        tensor,
        1,
        1,
        Fit.STRETCH,
        List.of(0.0, 0.0, 0.0),
        List.of(0.0, 1.0, 2.0),
        List.of(1.0, 1.0, 1.0),
        false);
  }

  private static TensorType pictureType(int channels, int width, int height) {
    return new TensorType(ElementType.UINT8, Shape.of(height, width, channels));
  }

  private static Tensor picture(int channels, int width, int height, IntBinaryOperator pixel) {
    byte[] bytes = new byte[channels * width * height];
    for (int i = 0; i < bytes.length; i++) {
      int at = i / channels;
      bytes[i] = (byte) pixel.applyAsInt(at % width, at / width);
    }
    return new Tensor(pictureType(channels, width, height), bytes);
  }

  /// [height, width, 3] as [3, height, width].
  private static float[] planes(Tensor picture) {
    float[] pixels = picture.toFloats();
    float[] planes = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      planes[i % 3 * (pixels.length / 3) + i / 3] = pixels[i];
    }
    return planes;
  }
}
