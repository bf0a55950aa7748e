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

/// `worker-image.sh` with a `docker` that is played, and a project of one jar and the recipe.
@EnabledOnOs(OS.LINUX)
class WorkerImageScriptTest {
  private static final Path PROJECT = SharedTestdata.project();
  private static final Path SCRIPT =
      PROJECT.resolve("integration-tests/src/localstack/worker-image.sh");
  private static final String DEBIAN = "debian:12-slim";
  private static final String JDK = "eclipse-temurin:25-jdk";

  private final PlayedMachine machine;
  private final Path project;
  private final Path release;

  WorkerImageScriptTest(@TempDir Path folder) {
    this.machine = new PlayedMachine(folder);
    this.project = folder.resolve("project");
    this.release = folder.resolve("jdk/release");
  }

  @BeforeEach
  void playAMachine() throws IOException {
    machine.imageBuilder();
    Files.createDirectories(release.getParent());
    Files.writeString(release, "JAVA_VERSION=\"25\"\n");
    Path built = Files.createDirectories(project.resolve("functions/target"));
    Files.writeString(built.resolve("functions.jar"), "jar");
    Files.writeString(built.resolve("runtime.classpath"), "");
    Path recipe = Files.createDirectories(project.resolve("functions/src/main/docker/worker"));
    Files.copy(
        PROJECT.resolve("functions/src/main/docker/worker/Dockerfile"),
        recipe.resolve("Dockerfile"));
  }

  private ProgramRun build() throws IOException, InterruptedException {
    return machine.run(SCRIPT, project);
  }

  private String name() throws IOException, InterruptedException {
    return machine.image("edgewright-worker", SCRIPT, project);
  }

  @Test
  void printsNothingButTheNameAndBuildsItOnce() throws Exception {
    machine.given("registry", DEBIAN, JDK);
    String name = name();
    assertThat(name()).isEqualTo(name);
    assertThat(machine.lines("builds")).hasSize(1);
    assertThat(machine.lines("builds").getFirst())
        .contains("BASE=" + DEBIAN, "JDK=" + JDK, "-t " + name);
  }

  @Test
  void makesBothBasesWhereARegistryGivesOne() throws Exception {
    machine.given("registry", DEBIAN);
    String name = name();
    assertThat(machine.lines("builds").getLast())
        .contains("BASE=edgewright-debian:", "JDK=edgewright-debian-jdk:", "-t " + name);
  }

  @Test
  void isAnotherImageWithAnotherJdkAndTheOldOneGoes() throws Exception {
    String before = name();
    Files.writeString(release, "JAVA_VERSION=\"25.0.1\"\n");
    String after = name();
    assertThat(after).isNotEqualTo(before);
    assertThat(machine.lines("images"))
        .contains(after)
        .doesNotContain(before)
        .filteredOn(image -> image.startsWith("edgewright-debian-jdk:"))
        .hasSize(1);
  }

  @Test
  void leavesTheOldOneWhereTheNewOneFails() throws Exception {
    String before = name();
    Files.writeString(project.resolve("functions/target/functions.jar"), "another jar");
    machine.given("broken");
    ProgramRun build = build();
    assertThat(build.status()).isEqualTo(1);
    assertThat(build.output()).isEmpty();
    assertThat(build.lastError()).contains("could not be built; see", "worker-image.log");
    assertThat(machine.lines("images")).contains(before);
  }

  @Test
  void saysWhatItCannotHave() throws Exception {
    machine.program("id", "echo 1000\n");
    ProgramRun build = build();
    assertThat(build.status()).isEqualTo(3);
    assertThat(build.lastError()).contains("only root can make one, with debootstrap");
  }
}
