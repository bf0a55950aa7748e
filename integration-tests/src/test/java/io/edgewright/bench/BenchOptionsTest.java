package io.edgewright.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchOptionsTest {
  @TempDir private Path testdata;

  @Test
  void takesTheSharedModelsWhenNoneIsNamed() throws Exception {
    Path second = model("models/b");
    Path first = model("models/a");
    Path third = model("commit-ok/models/c");
    Files.createDirectories(testdata.resolve("models/without-a-model"));

    BenchOptions options = BenchOptions.parse(List.of("--quick"), testdata);

    assertThat(options.quick()).isTrue();
    assertThat(options.models()).containsExactly(first, second, third);
  }

  @Test
  void takesOnlyTheModelsThatAreNamed() throws Exception {
    Path model = model("models/a");

    BenchOptions options = BenchOptions.parse(List.of(model.toString()), Path.of("nowhere"));

    assertThat(options).isEqualTo(new BenchOptions(List.of(model), false));
  }

  @Test
  void saysThatThereIsNothingToMeasure() {
    assertThatThrownBy(() -> BenchOptions.parse(List.of(), testdata))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("no model was named")
        .hasMessageContaining("usage: bench");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> BenchOptions.parse(List.of("--slow"), testdata))
        .hasMessageContaining("unknown option --slow");
    assertThatThrownBy(() -> BenchOptions.parse(List.of("absent.onnx"), testdata))
        .hasMessageContaining("`absent.onnx` is not a file");
  }

  private Path model(String folder) throws IOException {
    return Files.createFile(
        Files.createDirectories(testdata.resolve(folder)).resolve("model.onnx"));
  }
}
