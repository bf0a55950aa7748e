package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.manifest.ManifestReader;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The self-test of a detector, whose made-up frame shows no object.
class SelfTestTest {
  @TempDir static Path folder;

  private static UnpackedBundle detector = new UnpackedBundle(Path.of(""));

  @BeforeAll
  static void compile() throws IOException {
    Path example = SharedTestdata.project().resolve("docs/examples/pictograms");
    CompileRequest request =
        new CompileRequest(
            Files.readAllBytes(example.resolve("model.onnx")),
            ManifestReader.read(Files.readAllBytes(example.resolve("manifest.json"))),
            TargetCatalog.standard().get("host", Location.option("--target")));
    detector = UnpackedBundle.of(Compiler.compile(request, _ -> {}), folder);
  }

  @Test
  void comparesDetectionsAlthoughTheFrameIsNoPhotograph() throws IOException {
    byte[] expected = Files.readAllBytes(folder.resolve("golden/output.bin"));
    assertThat(expected.length).isGreaterThan(16 + 6 * Float.BYTES - 1);
    assertThat(status()).isZero();
  }

  @Test
  void noticesWrongWeights() throws IOException {
    Path weights = detector.folder().resolve("weights.bin");
    byte[] good = Files.readAllBytes(weights);
    byte[] bad = good.clone();
    // The signs of the layers in the middle, wherever the planner put each of them.
    for (int i = bad.length / 4 + 3; i < bad.length / 2; i += Float.BYTES) {
      bad[i] ^= (byte) 0x80;
    }
    Files.write(weights, bad);
    try {
      assertThat(status()).isEqualTo(1);
    } finally {
      Files.write(weights, good);
    }
  }

  private static int status() {
    try {
      Process process =
          new ProcessBuilder(folder.resolve("model").toString(), "--self-test")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
