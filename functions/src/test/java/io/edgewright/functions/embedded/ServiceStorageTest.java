package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.form;
import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.embedded.CheckedClient.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The disk under the data folder: full, read-only, in somebody else's use.
@Tag("slow")
class ServiceStorageTest {
  private static final String TWO = manifest("m", "x86-64-v3", "raspberry-pi-3");

  @TempDir Path temporary;
  private boolean mounted;

  private int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /// A small disk of its own, in memory.
  private Path disk() throws IOException, InterruptedException {
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()) == 0;
    assumeTrue(mounted, "needs the right to mount a disk (root)");
    return disk;
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      assertThat(run("umount", temporary.resolve("disk").toString())).isZero();
    }
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
  }

  private static Reply post(CheckedClient client, String model) {
    return client.send(form(client.operator("POST", "/v1/compilations"), TWO, model));
  }

  /// Says so to whoever wants more, shows what there is, and goes on when there is room.
  @Test
  void outlivesAFullDisk() throws IOException, InterruptedException, SQLException {
    Path disk = disk();
    Path folder = disk.resolve("data");
    Path log = temporary.resolve("disk/data.log");
    Files.createSymbolicLink(log, temporary.resolve("data.log"));
    try (ServiceProcess service = ServiceProcess.start(folder)) {
      CheckedClient client = service.client().orElseThrow();
      JsonNode done = client.compile(TWO, model());
      String underWay = post(client, model("sleep * 1500")).expect(202).json().path("id").asText();
      fill(disk.resolve("filler"));
      Reply refused = post(client, model("x".repeat(100_000))).expect(500);
      assertThat(refused.code()).isEqualTo("EW-4093");
      assertThat(client.get(done.path("id").asText())).isEqualTo(done);
      while (!service.log().contains("\"event\":\"fault\",\"doing\":\"journal of execution")) {
        CheckedClient.pause();
      }
      assertThat(client.get(underWay).path("state").asText()).isEqualTo("running");
      Files.delete(disk.resolve("filler"));
      assertThat(client.await(underWay).path("state").asText()).isEqualTo("done");
      assertThat(client.compile(TWO, model("x".repeat(100_000))).path("state").asText())
          .isEqualTo("done");
    }
    StoredState.check(folder);
  }

  @Test
  void doesNotStartOnAReadOnlyDisk() throws IOException, InterruptedException, SQLException {
    Path disk = disk();
    Path folder = disk.resolve("data");
    JsonNode before;
    try (TestService service = TestService.start(folder)) {
      before = service.client().compile(TWO, model());
    }
    assertThat(run("mount", "-o", "remount,ro", disk.toString())).isZero();
    Path link = temporary.resolve("link");
    Files.createSymbolicLink(link, folder);
    ServiceProcess refused = ServiceProcess.startStandard(link);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.log())
        .startsWith("EW-4094 the disk of the service: ")
        .doesNotContain("\tat");
    assertThat(run("mount", "-o", "remount,rw", disk.toString())).isZero();
    try (TestService service = TestService.start(folder)) {
      assertThat(service.client().get(before.path("id").asText())).isEqualTo(before);
    }
    StoredState.check(folder);
  }

  @Test
  void refusesAFolderThatAnotherServiceWorksIn() throws IOException, InterruptedException {
    Path folder = temporary.resolve("data");
    try (ServiceProcess first = ServiceProcess.start(folder)) {
      CheckedClient client = first.client().orElseThrow();
      ServiceProcess second = ServiceProcess.startStandard(folder);
      assertThat(second.exit()).isEqualTo(2);
      assertThat(second.log())
          .contains("EW-4091 the folder `" + folder.toRealPath() + "`: another service at work");
      assertThat(client.compile(TWO, model()).path("state").asText()).isEqualTo("done");
    }
  }
}
