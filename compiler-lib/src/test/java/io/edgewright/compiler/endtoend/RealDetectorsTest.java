package io.edgewright.compiler.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.ManifestReader;
import io.edgewright.compiler.manifest.OutputDescription.Detections;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.testing.SharedTestdata;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trained detectors on real pictures, against what is in the pictures.
class RealDetectorsTest {
  private static final Path EXAMPLES = SharedTestdata.project().resolve("docs/examples");

  /// The face in the crop of the astronaut, drawn around by eye from hair to chin.
  private static final Box FACE = new Box(63, 47, 126, 116);

  private record Box(double x0, double y0, double x1, double y1) {
    double overlap(Box other) {
      double width = Math.min(x1, other.x1) - Math.max(x0, other.x0);
      double height = Math.min(y1, other.y1) - Math.max(y0, other.y0);
      double common = Math.max(width, 0) * Math.max(height, 0);
      return common / (area() + other.area() - common);
    }

    private double area() {
      return (x1 - x0) * (y1 - y0);
    }

    Box shifted(double x, double y) {
      return new Box(x0 + x, y0 + y, x1 + x, y1 + y);
    }
  }

  private record Found(String label, double score, Box box) {}

  @Test
  void findsTheFaceInTheCrop() throws IOException {
    checkFace(Samples.picture(EXAMPLES.resolve("face-detector/picture.png")), FACE);
  }

  /// The same face in pictures that must be letterboxed, above, below, left or right.
  @Test
  void findsTheFaceWhereverItIsPut() throws IOException {
    BufferedImage face = Samples.picture(EXAMPLES.resolve("face-detector/picture.png"));
    checkFace(canvas(face, 288, 192, 90, 0), FACE.shifted(90, 0));
    checkFace(canvas(face, 192, 288, 0, 20), FACE.shifted(0, 20));
    checkFace(canvas(face, 300, 250, 0, 58), FACE.shifted(0, 58));
  }

  private static void checkFace(BufferedImage picture, Box expected) throws IOException {
    Manifest manifest = manifest(EXAMPLES.resolve("face-detector/manifest.json"));
    OnnxRuntimeNetwork network =
        new OnnxRuntimeNetwork(
            EXAMPLES.resolve("face-detector/model.onnx"), "input", 1, 128, 128, 3);
    List<Found> found = found(network.run(manifest, Samples.pixels(picture)), manifest);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().label()).isEqualTo("face");
    assertThat(found.getFirst().score()).isGreaterThan(0.8);
    assertThat(found.getFirst().box().overlap(expected)).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"picture.png", "scene_1.png", "scene_2.png", "scene_3.png"})
  void findsExactlyTheDrawnObjects(String scene) throws IOException {
    checkObjects(EXAMPLES.resolve("pictograms"), scene);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scene_4.png", "scene_5.png"})
  void findsExactlyTheDrawnObjectsOfMoreScenes(String scene) throws IOException {
    checkObjects(SharedTestdata.require("commit-ok/samples"), scene);
  }

  private static void checkObjects(Path pictures, String scene) throws IOException {
    Path folder = EXAMPLES.resolve("pictograms");
    Manifest manifest = manifest(folder.resolve("manifest.json"));
    OnnxRuntimeNetwork network =
        new OnnxRuntimeNetwork(folder.resolve("model.onnx"), "image", 1, 3, 160, 160);
    List<Found> found =
        new ArrayList<>(
            found(
                network.run(manifest, Samples.pixels(Samples.picture(pictures.resolve(scene)))),
                manifest));

    JsonNode truth =
        new JsonMapper().readTree(pictures.resolve("ground_truth.json").toFile()).get(scene);
    assertThat(found).hasSize(truth.size());
    for (JsonNode object : truth) {
      JsonNode corners = object.get("box");
      Box box =
          new Box(
              corners.get(0).doubleValue(),
              corners.get(1).doubleValue(),
              corners.get(2).doubleValue(),
              corners.get(3).doubleValue());
      assertThat(
              found.removeIf(one ->
                  one.label().equals(object.get("label").textValue())
                      && one.box().overlap(box) > 0.5))
          .describedAs("%s in %s", object, scene)
          .isTrue();
    }
  }

  /// The whole picture of the astronaut is 512 x 512, stretched to the network's 320 x 240.
  @Test
  void findsOneFaceWithUltraFace() throws IOException {
    Path folder = SharedTestdata.require("models/ultraface_rfb_320");
    Manifest manifest = Samples.manifest("ultraface");
    OnnxRuntimeNetwork network =
        new OnnxRuntimeNetwork(folder.resolve("model.onnx"), "input", 1, 3, 240, 320);
    Tensor input = OnnxRuntimeNetwork.proto(folder.resolve("test_data_set_0/input_0.pb"));
    List<Found> found =
        found(network.runTensor(manifest, input, StubNetwork.picture(3, 512, 512)), manifest);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().label()).isEqualTo("face");
    assertThat(found.getFirst().score()).isGreaterThan(0.9);
    Box expected = new Box(0.35 * 512, 0.13 * 512, 0.52 * 512, 0.40 * 512);
    assertThat(found.getFirst().box().overlap(expected)).isGreaterThan(0.5);
  }

  @Test
  void findsAPersonWithYolox() throws IOException {
    Path folder = SharedTestdata.require("models/person_yolox_192");
    Manifest manifest = Samples.manifest("yolox");
    OnnxRuntimeNetwork network =
        new OnnxRuntimeNetwork(folder.resolve("model.onnx"), "images", 1, 3, 192, 192);
    Tensor input = OnnxRuntimeNetwork.proto(folder.resolve("test_data_set_0/input_0.pb"));
    List<Found> found =
        found(network.runTensor(manifest, input, StubNetwork.picture(3, 512, 512)), manifest);
    assertThat(found).isNotEmpty();
    assertThat(found.getFirst().label()).isEqualTo("person");
    Box astronaut = new Box(0, 0, 512, 512);
    assertThat(found.getFirst().box().overlap(astronaut)).isGreaterThan(0.4);
  }

  private static Manifest manifest(Path file) throws IOException {
    return ManifestReader.read(Files.readAllBytes(file));
  }

  private static List<Found> found(List<Tensor> results, Manifest manifest) {
    List<String> labels = ((Detections) manifest.output()).labels();
    double[] rows = results.get(0).toDoubles();
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < results.get(1).getLong(0); i++) {
      int at = 6 * i;
      Box box = new Box(rows[at], rows[at + 1], rows[at + 2], rows[at + 3]);
      found.add(new Found(labels.get((int) rows[at + 5]), rows[at + 4], box));
    }
    return found;
  }

  private static BufferedImage canvas(BufferedImage image, int width, int height, int x, int y) {
    BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = canvas.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.fillRect(0, 0, width, height);
    graphics.drawImage(image, x, y, null);
    graphics.dispose();
    return canvas;
  }
}
