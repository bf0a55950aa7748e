package io.edgewright.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.endtoend.BlazeFaceReference;
import io.edgewright.testing.SharedTestdata;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo as `./edgewright demo` runs it, in a folder of its own.
@Tag("slow")
class DemoTest {
  private static final Path PROJECT = SharedTestdata.project();

  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void findsTheFaceWhereOnnxRuntimeFindsIt() throws Exception {
    Example example = Example.named(PROJECT, "face-detector");
    List<Detection> found = run(example);

    assertThat(found).as(printed.toString(StandardCharsets.UTF_8)).hasSize(1);
    Detection face = found.getFirst();
    BlazeFaceReference expected = BlazeFaceReference.of(example.model(), example.picture());
    assertThat(face.label()).isEqualTo("face");
    assertThat(face.score()).isCloseTo(expected.score(), within(0.02));
    assertThat(face.left()).isCloseTo(expected.left(), within(1.0));
    assertThat(face.top()).isCloseTo(expected.top(), within(1.0));
    assertThat(face.right()).isCloseTo(expected.right(), within(1.0));
    assertThat(face.bottom()).isCloseTo(expected.bottom(), within(1.0));
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("host", "raspberry-pi-3", "done", "ms per picture", "Try next:")
        .doesNotContain("\033[");
    assertThat(folder.resolve("face-detector.png")).isNotEmptyFile();
  }

  @Test
  void findsEveryPictogramOfTheScene() throws Exception {
    Example example = Example.named(PROJECT, "pictograms");
    List<Detection> found = run(example);

    JsonNode truth =
        new ObjectMapper()
            .readTree(example.folder().resolve("ground_truth.json").toFile())
            .get("picture.png");
    assertThat(found).hasSize(truth.size());
    for (JsonNode expected : truth) {
      JsonNode box = expected.get("box");
      assertThat(found)
          .as("a %s at %s", expected.get("label"), box)
          .anySatisfy(detection -> {
            assertThat(detection.label()).isEqualTo(expected.get("label").asText());
            assertThat(detection.left()).isCloseTo(box.get(0).asDouble(), within(8.0));
            assertThat(detection.top()).isCloseTo(box.get(1).asDouble(), within(8.0));
            assertThat(detection.right()).isCloseTo(box.get(2).asDouble(), within(8.0));
            assertThat(detection.bottom()).isCloseTo(box.get(3).asDouble(), within(8.0));
          });
    }
  }

  private List<Detection> run(Example example) throws Exception {
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new Demo(out, false, new Launcher(PROJECT), example, folder).run();
  }
}
