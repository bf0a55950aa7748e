package io.edgewright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher's own work; what its verbs do is tested where the programs are.
class LauncherTest {
  private static final Path LAUNCHER = SharedTestdata.project().resolve("edgewright");

  @TempDir private Path folder;

  @Test
  void saysWhatItCanDo() throws Exception {
    Ended help = run(LAUNCHER, Map.of(), "help");

    assertThat(help.status()).isZero();
    assertThat(help.output())
        .contains("demo", "test", "compile MODEL.onnx", "bench", "serve", "device");
  }

  @Test
  void refusesAVerbThatItDoesNotKnow() throws Exception {
    Ended ended = run(LAUNCHER, Map.of(), "fly");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.output()).isEmpty();
    assertThat(ended.errors()).contains("unknown verb: fly", "usage:");
  }

  @Test
  void worksThroughALinkFromAnyFolder() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("ew"), LAUNCHER);

    assertThat(run(link, Map.of("EDGEWRIGHT_BUILT", "1"), "build").status()).isZero();
  }

  @Test
  void looksFurtherWhenJavaHomeIsTooOld() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    assertThat(Files.createFile(bin.resolve("javac")).toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    Map<String, String> environment =
        Map.of("EDGEWRIGHT_BUILT", "1", "JAVA_HOME", folder.toString());

    // The JDK that runs this test lies in a usual place or is the one on the PATH.
    assertThat(run(LAUNCHER, environment, "build").errors()).isEmpty();
  }

  private record Ended(int status, String output, String errors) {}

  private Ended run(Path launcher, Map<String, String> environment, String verb)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    var builder = new ProcessBuilder(List.of(launcher.toString(), verb));
    builder.directory(folder.toFile()).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output, Files.readString(errors));
  }
}
