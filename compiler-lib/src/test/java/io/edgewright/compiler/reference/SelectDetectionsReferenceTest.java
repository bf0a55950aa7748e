package io.edgewright.compiler.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Op.Fit;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Against ONNX Runtime's NonMaxSuppression, and against cases that are known by arithmetic.
class SelectDetectionsReferenceTest {
  private static final int SIDE = 100;
  private final Random random = new Random(2);

  @Test
  void keepsWhatOnnxRuntimeKeepsWithinClasses() {
    for (int round = 0; round < 100; round++) {
      int count = 1 + random.nextInt(80);
      int classes = 1 + random.nextInt(4);
      float[] boxes = boxes(count);
      float[] scores = scores(count * classes);
      float iou = random.nextFloat();
      float threshold = random.nextFloat();

      long[] kept = OnnxRuntimeJudge.suppress(boxes, transposed(scores, classes), iou, threshold);

      List<String> expected = new ArrayList<>();
      for (int i = 0; i < kept.length; i += 3) {
        expected.add(score(scores, (int) (kept[i + 2] * classes + kept[i + 1])) + kept[i + 1]);
      }
      Op.SelectDetections op =
          new Op.SelectDetections(
              threshold, iou, false, 0, count * classes, SIDE, SIDE, Fit.STRETCH);
      assertThat(scoresAndClasses(op, boxes, scores)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /// Across classes is the same as one class in which each box stands once for every class.
  @Test
  void keepsWhatOnnxRuntimeKeepsAcrossClasses() {
    for (int round = 0; round < 100; round++) {
      int count = 1 + random.nextInt(60);
      int classes = 1 + random.nextInt(4);
      float[] boxes = boxes(count);
      float[] scores = scores(count * classes);
      float iou = random.nextFloat();
      float[] repeated = new float[4 * count * classes];
      for (int i = 0; i < repeated.length; i++) {
        repeated[i] = boxes[i / 4 / classes * 4 + i % 4];
      }

      long[] kept = OnnxRuntimeJudge.suppress(repeated, scores, iou, 0.2f);

      List<String> expected = new ArrayList<>();
      for (int i = 0; i < kept.length; i += 3) {
        expected.add(score(scores, (int) kept[i + 2]) + kept[i + 2] % classes);
      }
      Op.SelectDetections op =
          new Op.SelectDetections(0.2f, iou, true, 0, count * classes, SIDE, SIDE, Fit.STRETCH);
      assertThat(scoresAndClasses(op, boxes, scores)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void sortsByScoreAndStopsAtTheMaximum() {
    float[] boxes = {0, 0, 1, 1, 10, 10, 11, 11, 20, 20, 21, 21, 30, 30, 31, 31};
    float[] scores = {0.5f, 0.9f, 0.5f, 0.7f};
    Op.SelectDetections op =
        new Op.SelectDetections(0.1, 0.5, false, 0, 3, SIDE, SIDE, Fit.STRETCH);
    Tensor rows = run(op, boxes, scores, SIDE, SIDE).getFirst();
    assertThat(List.of(rows.getDouble(0), rows.getDouble(6), rows.getDouble(12)))
        .containsExactly(10.0, 30.0, 0.0);
  }

  @Test
  void neverReportsTheBackground() {
    float[] scores = {0.9f, 0.2f, 0.1f};
    Op.SelectDetections op =
        new Op.SelectDetections(0.15, 0.5, true, 1, 9, SIDE, SIDE, Fit.STRETCH);
    List<Tensor> found = run(op, new float[] {1, 1, 5, 5}, scores, SIDE, SIDE);
    assertThat(found.get(1).getLong(0)).isOne();
    assertThat(found.get(0).getDouble(4)).isCloseTo(0.2, within(1e-6));
    assertThat(found.get(0).getDouble(5)).isEqualTo(1);
  }

  @Test
  void bringsBoxesBackIntoThePicture() {
    float[] box = {8, 24, 40, 40};
    assertThat(row(Fit.STRETCH, box, 128, 32)).containsExactly(16, 12, 80, 20);
    // 128 x 64 in 64 x 64: half the size, 16 rows of padding above
    assertThat(row(Fit.LETTERBOX, box, 128, 64)).containsExactly(16, 16, 80, 48);
    assertThat(row(Fit.LETTERBOX_TOP_LEFT, box, 128, 64)).containsExactly(16, 48, 80, 64);
    // 128 x 64 covers 64 x 64 as it is, 32 columns are cut off on each side
    assertThat(row(Fit.CENTER_CROP, box, 128, 64)).containsExactly(40, 24, 72, 40);
  }

  @Test
  void clipsBoxesAndLeavesOutWhatLiesOutside() {
    assertThat(row(Fit.STRETCH, new float[] {-5, 60, 10, 90}, 64, 64))
        .containsExactly(0, 60, 10, 64);
    assertThat(row(Fit.STRETCH, new float[] {10, 70, 30, 90}, 64, 64)).isEmpty();
    assertThat(row(Fit.STRETCH, new float[] {10, 10, 10, 30}, 64, 64)).isEmpty();
    // wholly in the padding
    assertThat(row(Fit.LETTERBOX, new float[] {10, 0, 30, 15}, 128, 64)).isEmpty();
  }

  /// The box of one candidate in a network of 64 x 64.
  private static double[] row(Fit fit, float[] box, int width, int height) {
    Op.SelectDetections op = new Op.SelectDetections(0.5, 0.5, false, 0, 1, 64, 64, fit);
    List<Tensor> found = run(op, box, new float[] {1}, width, height);
    return Arrays.copyOf(found.get(0).toDoubles(), (int) found.get(1).getLong(0) * 4);
  }

  private static List<String> scoresAndClasses(
      Op.SelectDetections op, float[] boxes, float[] scores) {
    List<Tensor> found = run(op, boxes, scores, SIDE, SIDE);
    List<String> list = new ArrayList<>();
    for (int i = 0; i < found.get(1).getLong(0); i++) {
      Tensor rows = found.get(0);
      list.add((float) rows.getDouble(6 * i + 4) + " " + rows.getLong(6 * i + 5));
    }
    return list;
  }

  private static String score(float[] scores, int index) {
    return scores[index] + " ";
  }

  private static List<Tensor> run(
      Op.SelectDetections op, float[] boxes, float[] scores, int width, int height) {
    int count = boxes.length / 4;
    Tensor picture =
        new Tensor(
            new TensorType(ElementType.UINT8, Shape.of(height, width, 1)),
            new byte[width * height]);
    return Interpreter.run(
        op,
        List.of(
            Tensor.ofFloats(Shape.of(count, 4), boxes),
            Tensor.ofFloats(Shape.of(count, scores.length / count), scores),
            picture));
  }

  private float[] boxes(int count) {
    float[] boxes = new float[4 * count];
    for (int i = 0; i < boxes.length; i++) {
      boxes[i] = random.nextFloat(0, SIDE);
    }
    return boxes;
  }

  private float[] scores(int count) {
    float[] scores = new float[count];
    for (int i = 0; i < count; i++) {
      scores[i] = random.nextFloat();
    }
    return scores;
  }

  /// [count, classes] as [classes, count].
  private static float[] transposed(float[] scores, int classes) {
    float[] turned = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      turned[i % classes * (scores.length / classes) + i / classes] = scores[i];
    }
    return turned;
  }
}
