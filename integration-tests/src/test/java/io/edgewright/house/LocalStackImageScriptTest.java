package io.edgewright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.ProgramRun;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `localstack-image.sh` with a `docker` and a Maven that are played.
@EnabledOnOs(OS.LINUX)
class LocalStackImageScriptTest {
  private static final Path SCRIPT =
      SharedTestdata.project().resolve("integration-tests/src/localstack/localstack-image.sh");
  private static final String PUBLIC = "localstack/localstack:4.14.0";
  private static final String JDK = "eclipse-temurin:25-jdk";

  /// What it is asked for, as an empty file.
  private static final String MAVEN =
      """
      for word; do
        case $word in
          -Dartifact=*) artifact=${word#*=} ;;
          -DoutputDirectory=*) folder=${word#*=} ;;
        esac
      done
      mkdir -p "$folder" && touch "$folder/$artifact.jar"
      """;

  private final PlayedMachine machine;
  private final Path work;

  LocalStackImageScriptTest(@TempDir Path folder) {
    this.machine = new PlayedMachine(folder);
    this.work = folder.resolve("work");
  }

  @BeforeEach
  void playAMachine() throws IOException {
    machine.imageBuilder();
    machine.program("mvn", MAVEN);
    Path jdk = Files.createDirectories(machine.folder().resolve("jdk"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
  }

  private String name() throws IOException, InterruptedException {
    return machine.image("edgewright-localstack", SCRIPT, work);
  }

  @Test
  void buildsOnceOnThePublicImage() throws Exception {
    machine.given("registry", PUBLIC, JDK);
    String name = name();
    assertThat(name()).isEqualTo(name);
    assertThat(machine.lines("builds")).hasSize(1);
    assertThat(machine.lines("builds").getFirst())
        .contains("BASE=" + PUBLIC, "JDK=" + JDK, "-t " + name);
    assertThat(work.resolve("localstack-image"))
        .isDirectoryContaining("glob:**/Dockerfile")
        .isDirectoryContaining("glob:**/plugins")
        .isDirectoryContaining("glob:**/requirements.txt");
    assertThat(work.resolve("localstack-image/jsonata"))
        .isDirectoryContaining("glob:**/com.dashjoin:jsonata:*.jar");
  }

  @Test
  void makesBothBasesWhereThereIsNoRegistry() throws Exception {
    String name = name();
    assertThat(machine.lines("builds").getLast())
        .contains(
            "BASE=edgewright-localstack-debian:",
            "JDK=edgewright-localstack-debian-jdk:",
            "-t " + name);
  }

  @Test
  void saysWhatItCannotHave() throws Exception {
    machine.program("id", "echo 1000\n");
    ProgramRun build = machine.run(SCRIPT, work);
    assertThat(build.status()).isEqualTo(3);
    assertThat(build.lastError()).contains("only root can make one, with debootstrap");
  }

  @Test
  void saysThatJsonataCannotBeFetched() throws Exception {
    machine.program("mvn", "echo 'no such host' >&2; exit 1\n");
    ProgramRun build = machine.run(SCRIPT, work);
    assertThat(build.status()).isEqualTo(1);
    assertThat(build.lastError()).contains("JSONata could not be fetched (log: ");
  }
}
