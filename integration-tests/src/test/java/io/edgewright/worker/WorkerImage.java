package io.edgewright.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewright.testing.InstalledTool;
import io.edgewright.testing.ProgramRun;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Path;

/// The image of the workers, as `worker-image.sh` builds it of this project.
record WorkerImage(String name) {
  /// The script's exit status where this machine cannot have what the recipe starts from.
  private static final int CANNOT_BE_HAD = 3;

  /// Once for each digest of what goes in; without an engine the running test is skipped.
  static WorkerImage built() throws IOException, InterruptedException {
    InstalledTool.containerEngine();
    Path project = SharedTestdata.project();
    Path script = project.resolve("integration-tests/src/localstack/worker-image.sh");
    var builder = new ProcessBuilder(script.toString(), project.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
    ProgramRun build = ProgramRun.of(builder);
    assumeTrue(build.status() != CANNOT_BE_HAD, build::lastError);
    assertThat(build.status()).as(build.errors()).isZero();
    return new WorkerImage(build.output().strip());
  }

  long bytes() throws IOException, InterruptedException {
    ProgramRun inspect = ProgramRun.of("docker", "image", "inspect", "-f", "{{.Size}}", name);
    assertThat(inspect.status()).as(inspect.errors()).isZero();
    return Long.parseLong(inspect.output().strip());
  }
}
