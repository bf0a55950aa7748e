package io.edgewright.compiler.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Every family of detectors on random numbers, against its formula. The picture has the size of
/// the network's input, 64 x 32, so that boxes stay where they are.
class DecodingTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 32;
  private static final String EVERYTHING = "'threshold': 0, 'nms': {'iou': 1}, 'maximum': 1000";

  private final Random random = new Random(4);

  /// A box around a center.
  private record Box(double x, double y, double width, double height) {
    double[] corners() {
      return new double[] {x - width / 2, y - height / 2, x + width / 2, y + height / 2};
    }
  }

  @Test
  void readsCornersInPixels() {
    Tensor boxes = uniform(0, 30, 1, 7, 4);
    List<double[]> corners = rows(boxes, 7);
    check("'family': 'boxes'", boxes, uniform(0, 1, 1, 7, 3), corners, 0, Double::doubleValue);
  }

  @Test
  void readsCornersWithYFirst() {
    Tensor boxes = uniform(0, 1, 7, 4);
    List<double[]> corners =
        rows(boxes, 7).stream()
            .map(r -> new double[] {r[1] * WIDTH, r[0] * HEIGHT, r[3] * WIDTH, r[2] * HEIGHT})
            .toList();
    check(
        "'family': 'boxes', 'format': 'corners-yx', 'unit': 'relative'",
        boxes,
        uniform(0, 1, 7, 2),
        corners,
        0,
        Double::doubleValue);
  }

  @Test
  void readsCentersWithSizes() {
    Tensor boxes = uniform(0, 1, 1, 7, 1, 4);
    List<double[]> corners =
        rows(boxes, 7).stream()
            .map(r -> new Box(r[0] * WIDTH, r[1] * HEIGHT, r[2] * WIDTH, r[3] * HEIGHT).corners())
            .toList();
    check(
        "'family': 'boxes', 'format': 'center-size', 'unit': 'relative'",
        boxes,
        uniform(0, 1, 1, 7),
        corners,
        0,
        Double::doubleValue);
  }

  @Test
  void readsCornersWithSizesAndTakesTheSigmoidOfScores() {
    Tensor boxes = uniform(1, 15, 1, 7, 4);
    List<double[]> corners =
        rows(boxes, 7).stream()
            .map(r -> new double[] {r[0], r[1], r[0] + r[2], r[1] + r[3]})
            .toList();
    check(
        "'family': 'boxes', 'format': 'corner-size', 'activation': 'sigmoid'",
        boxes,
        uniform(-3, 3, 1, 7, 2),
        corners,
        0,
        score -> 1 / (1 + Math.exp(-score)));
  }

  @Test
  void readsSsdWithoutAnchorsAndNeverTheBackground() {
    Tensor boxes = uniform(0, 1, 1, 7, 4);
    List<double[]> corners =
        rows(boxes, 7).stream()
            .map(r -> new double[] {r[0] * WIDTH, r[1] * HEIGHT, r[2] * WIDTH, r[3] * HEIGHT})
            .toList();
    check("'family': 'ssd'", boxes, uniform(0, 1, 1, 7, 3), corners, 1, Double::doubleValue);
  }

  /// Two grids: 4 x 2 cells of one anchor, then 2 x 1 cells of two.
  @Test
  void readsSsdOffsetsToAnchors() {
    Tensor boxes = uniform(-1, 1, 1, 12, 4);
    List<double[]> corners = new ArrayList<>();
    for (double[] r : rows(boxes, 12)) {
      int i = corners.size();
      int cell = i < 8 ? i : (i - 8) / 2;
      int columns = i < 8 ? 4 : 2;
      double stride = i < 8 ? 16 : 32;
      double anchorWidth = i < 8 ? 10 : i % 2 == 0 ? 20 : 30;
      double anchorHeight = i < 8 ? 12 : i % 2 == 0 ? 24 : 8;
      double centerX = (cell % columns + 0.5) * stride;
      double centerY = Math.floorDiv(cell, columns) * stride + stride / 2;
      corners.add(
          new Box(
                  centerX + r[0] * 0.1 * anchorWidth,
                  centerY + r[1] * 0.1 * anchorHeight,
                  anchorWidth * Math.exp(r[2] * 0.2),
                  anchorHeight * Math.exp(r[3] * 0.2))
              .corners());
    }
    check(
        "'family': 'ssd', 'background': 'none', 'anchors': [{'stride': 16, 'sizes': [[10, 12]]},"
            + " {'stride': 32, 'sizes': [[20, 24], [30, 8]]}]",
        boxes,
        uniform(0, 1, 1, 12, 2),
        corners,
        0,
        Double::doubleValue);
  }

  /// 4 x 2 cells of two anchors and 2 x 1 cells of one; of ten numbers the last six are key points.
  @Test
  void readsBlazeFacePoints() {
    Tensor boxes = uniform(1, 100, 1, 18, 10);
    List<double[]> corners = new ArrayList<>();
    for (double[] r : rows(boxes, 18)) {
      int i = corners.size();
      int cell = i < 16 ? i / 2 : i - 16;
      int columns = i < 16 ? 4 : 2;
      double stride = i < 16 ? 16 : 32;
      corners.add(
          new Box(
                  (cell % columns + 0.5) * stride + r[0] / 128 * WIDTH,
                  (Math.floorDiv(cell, columns) + 0.5) * stride + r[1] / 128 * HEIGHT,
                  r[2] / 128 * WIDTH,
                  r[3] / 128 * HEIGHT)
              .corners());
    }
    check(
        "'family': 'blazeface', 'scale': 128, 'anchors': [{'stride': 16, 'perCell': 2},"
            + " {'stride': 32, 'perCell': 1}]",
        boxes,
        uniform(-9, 9, 1, 18, 1),
        corners,
        0,
        score -> 1 / (1 + Math.exp(-score)));
  }

  @Test
  void readsTheGridOfYolox() {
    Tensor tensor = uniform(0, 1, 1, 10, 8);
    List<double[]> corners = new ArrayList<>();
    List<double[]> expected = new ArrayList<>();
    for (double[] r : rows(tensor, 10)) {
      int i = corners.size();
      double stride = i < 8 ? 16 : 32;
      int cell = i < 8 ? i : i - 8;
      int columns = i < 8 ? 4 : 2;
      double x = (cell % columns + r[0]) * stride;
      double y = (Math.floorDiv(cell, columns) + r[1]) * stride;
      Box box = new Box(x, y, Math.exp(r[2]) * stride, Math.exp(r[3]) * stride);
      corners.add(box.corners());
      for (int label = 0; label < 3; label++) {
        add(expected, box.corners(), r[4] * r[5 + label], label);
      }
    }
    String decode = "'family': 'yolox', 'tensor': 't', 'strides': [16, 32], ";
    compare(new StubNetwork(1, 3, HEIGHT, WIDTH).with("t", tensor), decode, expected);
  }

  @Test
  void takesTheSoftmaxOverTheClasses() {
    float[] logits = {1, 2, 3, 0.5f, 0.1f, -2};
    List<double[]> expected = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      double sum = 0;
      for (int j = 0; j < 3; j++) {
        sum += Math.exp(logits[i / 3 * 3 + j]);
      }
      double[] box = {i < 3 ? 1 : 10, 1, i < 3 ? 5 : 20, 8};
      if (i % 3 > 0) {
        add(expected, box, Math.exp(logits[i]) / sum, i % 3);
      }
    }
    StubNetwork network =
        new StubNetwork(1, 3, HEIGHT, WIDTH)
            .with("b", Tensor.ofFloats(Shape.of(1, 2, 4), 1, 1, 5, 8, 10, 1, 20, 8))
            .with("s", Tensor.ofFloats(Shape.of(1, 2, 3), logits));
    compare(
        network,
        "'family': 'boxes', 'boxes': 'b', 'scores': 's', 'activation': 'softmax',"
            + " 'background': 'first', ",
        expected);
  }

  private interface Activation {
    double of(Double score);
  }

  private void check(
      String decode,
      Tensor boxes,
      Tensor scores,
      List<double[]> corners,
      int firstClass,
      Activation activation) {
    List<double[]> expected = new ArrayList<>();
    int classes = scores.size() / corners.size();
    for (int i = 0; i < scores.size(); i++) {
      if (i % classes >= firstClass) {
        double score = activation.of(scores.getDouble(i));
        add(expected, corners.get(i / classes), score, i % classes);
      }
    }
    StubNetwork network = new StubNetwork(1, 3, HEIGHT, WIDTH).with("b", boxes).with("s", scores);
    compare(network, decode + ", 'boxes': 'b', 'scores': 's', ", expected);
  }

  /// A row of the result, unless nothing of it is inside the picture.
  private static void add(List<double[]> rows, double[] corners, double score, int label) {
    double x0 = Math.clamp(Math.min(corners[0], corners[2]), 0.0, (double) WIDTH);
    double y0 = Math.clamp(Math.min(corners[1], corners[3]), 0.0, (double) HEIGHT);
    double x1 = Math.clamp(Math.max(corners[0], corners[2]), 0.0, (double) WIDTH);
    double y1 = Math.clamp(Math.max(corners[1], corners[3]), 0.0, (double) HEIGHT);
    if (x0 < x1 && y0 < y1) {
      rows.add(new double[] {x0, y0, x1, y1, score, label});
    }
  }

  private static void compare(StubNetwork network, String decode, List<double[]> expected) {
    List<Tensor> found =
        network.run(
            "'inputs': {'image': {'kind': 'image'}}, 'outputs': {'kind': 'detections', 'decode': {"
                + decode
                + EVERYTHING
                + "}}",
            StubNetwork.picture(3, WIDTH, HEIGHT));
    expected.sort(Comparator.comparingDouble((double[] row) -> row[4]).reversed());
    assertThat(found.get(1).getLong(0)).isEqualTo(expected.size()).isGreaterThan(3);
    for (int i = 0; i < 6 * expected.size(); i++) {
      assertThat(found.get(0).getDouble(i))
          .describedAs("row %d, column %d", i / 6, i % 6)
          .isCloseTo(expected.get(i / 6)[i % 6], within(1e-4));
    }
  }

  private Tensor uniform(double least, double most, long... shape) {
    Shape type = Shape.of(shape);
    float[] values = new float[Math.toIntExact(type.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(least, most);
    }
    return Tensor.ofFloats(type, values);
  }

  private static List<double[]> rows(Tensor tensor, int count) {
    List<double[]> rows = new ArrayList<>();
    int columns = tensor.size() / count;
    for (int i = 0; i < count; i++) {
      rows.add(Arrays.copyOfRange(tensor.toDoubles(), i * columns, (i + 1) * columns));
    }
    return rows;
  }
}
