package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.signature.DeviceSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/operations.md, "Restore": the embedded service from a copy of its data folder.
class RestoreTest {
  private static final String MANIFEST = manifest("detector", "x86-64-v3");

  @TempDir Path folder;
  private final DeviceSigner device = new DeviceSigner();

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void deploy(CheckedClient client, String id) {
    client
        .send(
            client
                .operator("PUT", "/v1/deployments/lobby")
                .json("{\"compilation\":\"" + id + "\"}"))
        .expect(200);
  }

  private JsonNode desired(CheckedClient client) {
    return client
        .send(client.signed(device, client.open("GET", "/v1/devices/self/desired"), Instant.now()))
        .expect(200)
        .json();
  }

  /// @return the compilation that the device runs
  private String fill(Path data) throws IOException {
    try (TestService service = TestService.start(data)) {
      CheckedClient client = service.client();
      client.enrol(device, "lobby", "x86-64-v3");
      String id = client.compile(MANIFEST, model()).path("id").asText();
      deploy(client, id);
      return id;
    }
  }

  @Test
  void goesOnElsewhereFromACopyOfTheFolder() throws IOException {
    Path data = folder.resolve("data");
    String id = fill(data);
    copy(data, folder.resolve("elsewhere"));
    JsonNode before;
    try (TestService service = TestService.start(data)) {
      before = desired(service.client());
    }
    try (TestService service = TestService.start(folder.resolve("elsewhere"))) {
      CheckedClient client = service.client();
      JsonNode after = desired(client);
      assertThat(after.path("metadata")).isEqualTo(before.path("metadata"));
      assertThat(after.at("/bundle/digest")).isEqualTo(before.at("/bundle/digest"));
      assertThat(client.compile(MANIFEST, model()).path("id").asText()).isEqualTo(id);
    }
  }
}
