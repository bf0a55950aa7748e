package io.edgewright.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** An image as one of the scripts of {@code src/localstack} builds it. */
public record ContainerImage(String name) {
  /** The scripts' exit status where this machine cannot have what a recipe starts from. */
  private static final int CANNOT_BE_HAD = 3;

  /**
   * Once for each digest of what goes in. The running test is skipped unless images are wanted
   * ({@code -Dedgewright.images=true}), and without an engine, or what the recipe starts from.
   *
   * @param script the script's name without {@code .sh}
   */
  public static ContainerImage built(String script, Path argument)
      throws IOException, InterruptedException {
    assumeTrue(
        Boolean.getBoolean("edgewright.images"),
        "builds an image from what registries have: ./edgewright test --localstack");
    InstalledTool.containerEngine();
    Path scripts = SharedTestdata.project().resolve("integration-tests/src/localstack");
    var builder = new ProcessBuilder(scripts.resolve(script + ".sh") + "", argument + "");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
    ProgramRun build = ProgramRun.of(builder);
    assumeTrue(build.status() != CANNOT_BE_HAD, build::lastError);
    assertThat(build.status()).as(build.errors()).isZero();
    return new ContainerImage(build.output().strip());
  }

  public long bytes() throws IOException, InterruptedException {
    ProgramRun inspect = ProgramRun.of("docker", "image", "inspect", "-f", "{{.Size}}", name);
    assertThat(inspect.status()).as(inspect.errors()).isZero();
    return Long.parseLong(inspect.output().strip());
  }
}
