package io.edgewright.compiler.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgewright.compiler.endtoend.ExampleProduct.Way;
import io.edgewright.compiler.endtoend.Found.Box;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.testing.SharedTestdata;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Trained detectors on real pictures, against what is in the pictures.
@Tag("slow")
class RealDetectorsTest {
  /// The face in the crop of the astronaut, drawn around by eye from hair to chin.
  private static final Box FACE = new Box(63, 47, 126, 116);

  @ParameterizedTest
  @EnumSource
  void findsTheFaceInTheCrop(Way way) throws IOException {
    checkFace(way, face(), FACE);
  }

  /// The same face in pictures that must be letterboxed, above, below, left or right.
  @ParameterizedTest
  @EnumSource
  void findsTheFaceWhereverItIsPut(Way way) throws IOException {
    checkFace(way, canvas(face(), 288, 192, 90, 0), FACE.shifted(90, 0));
    checkFace(way, canvas(face(), 192, 288, 0, 20), FACE.shifted(0, 20));
    checkFace(way, canvas(face(), 300, 250, 0, 58), FACE.shifted(0, 58));
  }

  private static BufferedImage face() throws IOException {
    return Samples.picture(ExampleProduct.faceDetector().file("picture.png"));
  }

  private static void checkFace(Way way, BufferedImage picture, Box expected) {
    List<Found> found = ExampleProduct.faceDetector().find(way, picture);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().label()).isEqualTo("face");
    assertThat(found.getFirst().score()).isGreaterThan(0.8);
    assertThat(found.getFirst().box().overlap(expected)).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @EnumSource
  void findsExactlyTheDrawnObjects(Way way) throws IOException {
    Path folder = ExampleProduct.pictograms().file("");
    checkObjects(way, folder, List.of("picture.png", "scene_1.png", "scene_2.png", "scene_3.png"));
  }

  @ParameterizedTest
  @EnumSource
  void findsExactlyTheDrawnObjectsOfMoreScenes(Way way) throws IOException {
    Path folder = SharedTestdata.require("commit-ok/samples");
    checkObjects(way, folder, List.of("scene_4.png", "scene_5.png"));
  }

  private static void checkObjects(Way way, Path folder, List<String> scenes) throws IOException {
    JsonNode truth = new JsonMapper().readTree(folder.resolve("ground_truth.json").toFile());
    for (String scene : scenes) {
      BufferedImage picture = Samples.picture(folder.resolve(scene));
      List<Found> found = new ArrayList<>(ExampleProduct.pictograms().find(way, picture));
      assertThat(found).describedAs(scene).hasSize(truth.get(scene).size());
      for (JsonNode object : truth.get(scene)) {
        assertThat(found.removeIf(one -> isObject(one, object)))
            .describedAs("%s in %s", object, scene)
            .isTrue();
      }
    }
  }

  private static boolean isObject(Found found, JsonNode object) {
    JsonNode corners = object.get("box");
    Box box =
        new Box(
            corners.get(0).doubleValue(),
            corners.get(1).doubleValue(),
            corners.get(2).doubleValue(),
            corners.get(3).doubleValue());
    return found.label().equals(object.get("label").textValue()) && found.box().overlap(box) > 0.5;
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
        Found.of(network.runTensor(manifest, input, StubNetwork.picture(3, 512, 512)), manifest);
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
        Found.of(network.runTensor(manifest, input, StubNetwork.picture(3, 512, 512)), manifest);
    assertThat(found).isNotEmpty();
    assertThat(found.getFirst().label()).isEqualTo("person");
    Box astronaut = new Box(0, 0, 512, 512);
    assertThat(found.getFirst().box().overlap(astronaut)).isGreaterThan(0.4);
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
