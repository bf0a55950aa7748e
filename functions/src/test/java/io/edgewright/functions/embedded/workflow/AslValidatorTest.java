package io.edgewright.functions.embedded.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewright.testing.InstalledTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The judge of the workflow's file that nobody here wrote: npm's `asl-validator`, which knows the
/// whole States Language.
class AslValidatorTest {
  private static final Path PROJECT =
      Path.of(System.getProperty("edgewright.project", "..")).toAbsolutePath();

  private record Verdict(int exit, String text) {}

  private static Verdict judge(Path file) throws IOException, InterruptedException {
    Path validator = PROJECT.resolve("target/npm/node_modules/.bin/asl-validator");
    Optional<Path> node = InstalledTool.onPath("node");
    assumeTrue(
        node.isPresent() && Files.exists(validator),
        "needs npm's asl-validator in target/npm, which ./edgewright test installs");
    Process process =
        new ProcessBuilder(
                node.get().toString(), validator.toString(), "--json-path", file.toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Verdict(process.waitFor(), text);
  }

  private static Path workflow() {
    return PROJECT.resolve("functions/src/main/resources/io/edgewright/functions/compile.asl.json");
  }

  @Test
  void acceptsTheWorkflow() throws IOException, InterruptedException {
    Verdict verdict = judge(workflow());
    assertThat(verdict.exit()).as(verdict.text()).isZero();
  }

  /// Else its acceptance would say nothing.
  @Test
  void refusesTheWorkflowWithAWrongTransition(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path wrong = folder.resolve("wrong.asl.json");
    String right = Files.readString(workflow());
    assertThat(right).contains("\"Next\": \"Targets\"");
    Files.writeString(wrong, right.replace("\"Next\": \"Targets\"", "\"Next\": \"Nowhere\""));
    Verdict verdict = judge(wrong);
    assertThat(verdict.exit()).isNotZero();
    assertThat(verdict.text()).contains("Nowhere");
  }
}
