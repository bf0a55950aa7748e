package io.edgewright.compiler.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Op.Fit;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `detections.h` against the reference, which `SelectDetectionsReferenceTest` holds against ONNX
/// Runtime.
class DetectionsKernelTest {
  private static final List<Fit> FITS = List.of(Fit.values());

  private final Random random = new Random(5);

  @ParameterizedTest
  @MethodSource("targets")
  void agreesWithTheReference(String target) {
    KernelProgram program = KernelProgram.of(target);
    for (int round = 0; round < 60; round++) {
      int count = random.nextInt(120);
      int classes = 1 + random.nextInt(12);
      check(program, op(classes), boxes(count), scores(count, classes));
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void neverPassesWhatIsNotANumber(String target) {
    KernelProgram program = KernelProgram.of(target);
    float nan = Float.NaN;
    float[] boxes = {0, 0, 4, 4, nan, 0, 4, 4, 10, 10, 14, nan, 20, 20, 24, 24, 0, 0, 0, 0};
    float[] scores = {nan, 0.9f, 0.8f, 0.7f, 0.6f};
    Op.SelectDetections op = new Op.SelectDetections(0, 0.5, false, 0, 5, 32, 32, Fit.STRETCH);
    ByteBuffer out = check(program, op, Tensor.ofFloats(Shape.of(5, 4), boxes), column(scores));
    assertThat(out.getLong(0)).isOne();
    assertThat(out.getFloat(8 + 16)).isEqualTo(0.7f);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void survivesInfiniteAndTurnedBoxes(String target) {
    KernelProgram program = KernelProgram.of(target);
    float inf = Float.POSITIVE_INFINITY;
    float[] boxes = {-inf, -inf, inf, inf, 9, 8, 3, 2, 3, 2, 9, 8, inf, inf, inf, inf};
    check(
        program,
        new Op.SelectDetections(0.1, 0.5, true, 0, 9, 16, 16, Fit.LETTERBOX),
        Tensor.ofFloats(Shape.of(4, 4), boxes),
        column(new float[] {0.9f, 0.5f, 0.6f, 1}));
  }

  private static Tensor column(float[] scores) {
    return Tensor.ofFloats(Shape.of(scores.length, 1), scores);
  }

  private Op.SelectDetections op(int classes) {
    return new Op.SelectDetections(
        random.nextDouble(),
        random.nextDouble(),
        random.nextBoolean(),
        random.nextInt(classes),
        1 + random.nextInt(60),
        1 + random.nextInt(100),
        1 + random.nextInt(100),
        FITS.get(random.nextInt(4)));
  }

  private Tensor boxes(int count) {
    float[] boxes = new float[4 * count];
    for (int i = 0; i < boxes.length; i++) {
      boxes[i] = random.nextFloat(-20, 120);
    }
    return Tensor.ofFloats(Shape.of(count, 4), boxes);
  }

  /// Few different scores, so that many are equal.
  private Tensor scores(int count, int classes) {
    float[] scores = new float[count * classes];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(50) / 50f;
    }
    return Tensor.ofFloats(Shape.of(count, classes), scores);
  }

  private ByteBuffer check(
      KernelProgram program, Op.SelectDetections op, Tensor boxes, Tensor scores) {
    int width = 1 + random.nextInt(200);
    int height = 1 + random.nextInt(200);
    Tensor picture =
        new Tensor(
            new TensorType(ElementType.UINT8, Shape.of(height, width, 1)),
            new byte[width * height]);
    List<Tensor> expected = Interpreter.run(op, List.of(boxes, scores, picture));
    Tensor limits = Tensor.ofFloats(Shape.of(2), (float) op.threshold(), (float) op.overlap());
    ByteBuffer out =
        program.run(
            KernelProgram.DETECTIONS,
            List.of(
                boxes.shape().extent(0),
                scores.shape().extent(1),
                (long) op.firstClass(),
                op.acrossClasses() ? 1L : 0L,
                (long) op.maximum(),
                (long) FITS.indexOf(op.fit()),
                op.inputWidth(),
                op.inputHeight(),
                (long) width,
                (long) height),
            List.of(limits, boxes, scores));
    assertThat(out.getLong(0)).describedAs("%s", op).isEqualTo(expected.get(1).getLong(0));
    for (int i = 0; i < 6 * op.maximum(); i++) {
      assertThat((double) out.getFloat(8 + 4 * i))
          .describedAs("%s, element %d", op, i)
          .isCloseTo(expected.get(0).getDouble(i), within(1e-3));
    }
    return out;
  }

  static List<String> targets() {
    return KernelProgram.targets();
  }
}
