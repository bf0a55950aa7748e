package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line of CDK with the stack, as `./edgewright deploy` starts it.
class CdkCommandTest {
  private final Path project = Path.of(System.getProperty("edgewright.project"));
  private final CdkCommand cdk = new CdkCommand(project, new ThisMachine(), "eu-west-1", Map.of());

  @Test
  @Tag("slow")
  void synthesisesTheVariantWithoutImages(@TempDir Path packages) throws IOException {
    assumeTrue(cdk.isInstalled(), "needs aws-cdk of npm, which `./edgewright test` installs");
    for (String name : List.of("service", "worker")) {
      Files.writeString(Files.createDirectories(packages.resolve(name)).resolve("jar"), name);
    }
    String compiler = "compiler=" + "0".repeat(64);
    assertThat(cdk.synthesise(List.of("workers=zip", "packages=" + packages, compiler))).isZero();
    Path template = cdk.assembly().resolve("Edgewright.template.json");
    assertThat(template).exists();
    assertThat(Files.readString(template)).doesNotContain("\"PackageType\": \"Image\"");
  }
}
