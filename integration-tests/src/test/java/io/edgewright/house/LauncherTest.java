package io.edgewright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.ProgramRun;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher's own work; what its verbs do is tested where the programs are.
class LauncherTest {
  private static final Path LAUNCHER = SharedTestdata.project().resolve("edgewright");

  @TempDir private Path folder;

  @Test
  void saysWhatItCanDo() throws Exception {
    ProgramRun help = run(LAUNCHER, Map.of(), "help");

    assertThat(help.status()).isZero();
    assertThat(help.output())
        .contains("demo", "test", "compile MODEL.onnx", "bench", "serve", "device")
        .contains("deploy [--region R]", "destroy [--region R]");
  }

  @Test
  void refusesAVerbThatItDoesNotKnow() throws Exception {
    ProgramRun ended = run(LAUNCHER, Map.of(), "fly");

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

  /// Where a person would first meet it: a machine that AWS knows nothing of. Slow, so that it
  /// comes after the stack's module, which this one does not build on.
  @Test
  @Tag("slow")
  void deploysNothingWithoutCredentials() throws Exception {
    Map<String, String> nobody = new HashMap<>();
    List.of("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE")
        .forEach(name -> nobody.put(name, folder.resolve("none").toString()));
    nobody.put("AWS_EC2_METADATA_DISABLED", "true");
    nobody.put("EDGEWRIGHT_BUILT", "1");
    for (String verb : List.of("deploy", "destroy")) {
      ProgramRun ended = run(LAUNCHER, nobody, verb, "--yes", "--region", "eu-west-1");

      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.errors())
          .contains(verb + ": no AWS credentials: log in with")
          .doesNotContain("SLF4J");
    }
  }

  @Test
  @Tag("slow")
  void deploysNothingThatItWasNotAskedFor() throws Exception {
    Map<String, String> built = Map.of("EDGEWRIGHT_BUILT", "1");

    assertThat(run(LAUNCHER, built, "deploy", "--delete-data").status()).isEqualTo(2);
    ProgramRun destroy = run(LAUNCHER, built, "destroy", "--keys", "{}");
    assertThat(destroy.status()).isEqualTo(2);
    assertThat(destroy.errors()).contains("destroy: unknown argument `--keys`; allowed are");
  }

  private ProgramRun run(Path launcher, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    return ProgramRun.of(builder);
  }
}
