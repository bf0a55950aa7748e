package io.edgewright.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.demo.Launcher;
import io.edgewright.demo.LocalDevice;
import io.edgewright.demo.LocalService;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./edgewright rotate-keys` between two lives of a service with a device, each a process of its
/// own.
@Tag("slow")
class RotateKeysTest {
  private static final Path PROJECT = SharedTestdata.project();
  private static final Path MODEL = PROJECT.resolve("docs/examples/pictograms/model.onnx");
  private static final Launcher LAUNCHER = new Launcher(PROJECT);

  @TempDir private Path folder;

  @Test
  void aDeviceGoesOnUnderNewKeys() throws Exception {
    Path data = folder.resolve("data");
    LocalDevice device = new LocalDevice(LAUNCHER, folder.resolve("device"));
    int port;
    try (LocalService service = LocalService.start(LAUNCHER, data)) {
      port = service.address().getPort();
      enroll(device, service);
      deploy(service, "first");
      device.sync();
    }

    assertThat(rotate(data, "all"))
        .isEqualTo("new keys for root, targets, snapshot, timestamp, groups; root version 2\n");

    try (LocalService service = LocalService.start(LAUNCHER, data, port)) {
      String digest = deploy(service, "second");
      assertThat(device.status()).doesNotContain(digest);
      device.sync();
      assertThat(device.status()).contains(digest);
    }
  }

  /// Devices refuse metadata that is older than what they saw, unless its keys are new.
  @Test
  void aDeviceBelievesARestoredServiceWithNewKeys() throws Exception {
    Path data = folder.resolve("data");
    Path copy = folder.resolve("copy");
    LocalDevice device = new LocalDevice(LAUNCHER, folder.resolve("device"));
    int port;
    try (LocalService service = LocalService.start(LAUNCHER, data)) {
      port = service.address().getPort();
      enroll(device, service);
      deploy(service, "first");
    }
    copy(data, copy);
    try (LocalService service = LocalService.start(LAUNCHER, data, port)) {
      deploy(service, "second");
      deploy(service, "third");
      device.sync();
    }

    try (LocalService _ = LocalService.start(LAUNCHER, copy, port)) {
      assertThatThrownBy(device::sync).hasMessageContaining("EW-5103");
    }
    rotate(copy, "snapshot", "timestamp");
    try (LocalService service = LocalService.start(LAUNCHER, copy, port)) {
      String digest = deploy(service, "fourth");
      device.sync();
      assertThat(device.status()).contains(digest);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void enroll(LocalDevice device, LocalService service) throws Exception {
    JsonNode claim = service.post("/v1/claims", object().put("group", "lobby"));
    device.enroll(service.address(), claim.get("claim").asText(), "host");
  }

  private static String rotate(Path data, String... roles) throws Exception {
    List<String> words = new ArrayList<>(List.of("rotate-keys", "--data", data.toString()));
    words.addAll(List.of(roles));
    Launcher.Finished rotation = LAUNCHER.run(words);
    assertThat(rotation.status()).as(rotation.errors()).isZero();
    return rotation.output();
  }

  /// @return the digest of the bundle
  private String deploy(LocalService service, String name) throws Exception {
    Path manifest = folder.resolve(name + ".json");
    Files.writeString(manifest, "{\"name\":\"" + name + "\",\"targets\":[\"host\"]}");
    JsonNode done = service.compiled(manifest, MODEL, _ -> {});
    assertThat(done.get("state").asText()).as(done.toPrettyString()).isEqualTo("done");
    service.put("/v1/deployments/lobby", object().put("compilation", done.get("id").asText()));
    return done.at("/targets/0/bundle/digest").asText();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
