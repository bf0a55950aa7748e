package io.edgewright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.SharedTestdata;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real run on a small model. How fast it was is nobody's business here.
@Tag("slow")
class BenchTest {
  @TempDir private Path folder;

  @Test
  void measuresAModelWithoutDataAndSaysWhichOneItCannot() throws Exception {
    Path model = SharedTestdata.project().resolve("docs/examples/pictograms/model.onnx");
    Path broken = Files.writeString(folder.resolve("broken.onnx"), "not a model");
    var options = new BenchOptions(List.of(model, broken), true);

    BenchResult result =
        new Bench(options, folder, new PrintStream(PrintStream.nullOutputStream())).run();

    assertThat(result.failures()).extracting(BenchResult.Failure::model).containsExactly("broken");
    Measurement measured = result.measurements().getFirst();
    assertThat(measured.model().name()).isEqualTo("pictograms");
    assertThat(measured.oneThread().ours().count()).isPositive();
    assertThat(measured.twoThreads().theirs().count()).isPositive();
    assertThat(measured.flops()).isPositive();
    assertThat(measured.artifact().bundle()).isGreaterThan(measured.artifact().weights());
    measured.starts().ifPresent(starts -> assertThat(starts.ours().residentBytes()).isPositive());
  }
}
