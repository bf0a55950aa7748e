package io.edgewright.functions.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.signature.DeviceSigner;
import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.embedded.store.FileSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// New keys for a service that has a device and a deployment.
class KeyRotationTest {
  private static final String TARGET = "x86-64-v3";

  private final DeviceSigner device = new DeviceSigner();

  @TempDir Path folder;
  private Path data;
  private TestService service;

  @BeforeEach
  void deploy() throws IOException {
    data = folder.resolve("data");
    service = TestService.start(data);
    CheckedClient client = service.client();
    client.enrol(device, "lobby", TARGET);
    String id =
        client
            .compile(CheckedClient.manifest("m", TARGET), CheckedClient.model())
            .path("id")
            .asText();
    client
        .send(
            client
                .operator("PUT", "/v1/deployments/lobby")
                .json("{\"compilation\":\"" + id + "\"}"))
        .expect(200);
  }

  /// What a device that has the first root is given.
  private JsonNode desired() {
    CheckedClient client = service.client();
    return client
        .send(
            client.signed(
                device,
                client.open("GET", "/v1/devices/self/desired?rootVersion=1"),
                Instant.now()))
        .expect(200)
        .json();
  }

  private static List<String> signers(JsonNode envelope) {
    List<String> ids = new ArrayList<>();
    envelope.path("signatures").forEach(one -> ids.add(one.path("keyid").asText()));
    return ids;
  }

  private static String keyOf(JsonNode root, String role) {
    return root.at("/signed/roles/" + role + "/keyids/0").asText();
  }

  @Test
  void givesEveryRoleANewKeyThatTheOldRootVouchesFor() throws IOException {
    JsonNode before = desired().path("metadata");
    assertThat(before.path("root")).isEmpty();
    service.close();
    assertThat(KeyRotation.of(List.of("--data", data.toString(), "all")).run(Clock.systemUTC()))
        .satisfies(root -> assertThat(root.version()).isEqualTo(2));
    assertThat(Files.exists(data.resolve("keys/root.previous.key"))).isFalse();
    service = TestService.start(data);
    JsonNode after = desired().path("metadata");
    JsonNode root = after.path("root").path(0);
    assertThat(after.path("root")).hasSize(1);
    assertThat(signers(root)).hasSize(2).contains(keyOf(root, "root"));
    for (String role : List.of("timestamp", "snapshot", "targets")) {
      assertThat(signers(after.path(role)))
          .containsExactly(keyOf(root, role))
          .doesNotContainAnyElementsOf(signers(before.path(role)));
    }
    assertThat(signers(after.path("group/lobby")))
        .doesNotContainAnyElementsOf(signers(before.path("group/lobby")));
    assertThat(after.path("group/lobby").at("/signed/targets"))
        .isEqualTo(before.path("group/lobby").at("/signed/targets"));
    service.close();
  }

  /// Killed after any of the keys was replaced, and before anything was published: the service
  /// publishes it, and a later rotation is one more.
  @Test
  void publishesAtTheNextStartWhatARotationLeftUndone() throws IOException {
    service.close();
    FileSigner.replace(data.resolve("keys"), KeyRole.ROOT);
    FileSigner.replace(data.resolve("keys"), KeyRole.TIMESTAMP);
    service = TestService.start(data);
    JsonNode root = desired().at("/metadata/root/0");
    assertThat(signers(root)).hasSize(2);
    assertThat(signers(desired().at("/metadata/timestamp")))
        .containsExactly(keyOf(root, "timestamp"));
    assertThat(Files.exists(data.resolve("keys/root.previous.key"))).isFalse();
    service.close();
  }

  /// The same, and the operator runs it again without a start in between.
  @Test
  void doesNotForgetAKeyThatHasNotVouchedYet() throws IOException {
    service.close();
    FileSigner.replace(data.resolve("keys"), KeyRole.ROOT);
    var newest = KeyRotation.of(List.of("root", "--data", data.toString())).run(Clock.systemUTC());
    assertThat(newest.version()).isEqualTo(3);
    service = TestService.start(data);
    JsonNode roots = desired().at("/metadata/root");
    assertThat(roots).hasSize(2);
    assertThat(signers(roots.path(1)))
        .containsExactly(keyOf(roots.path(0), "root"), keyOf(roots.path(1), "root"));
    service.close();
  }

  @Test
  void refusesARunningServiceAndWhatIsNoService() throws IOException {
    assertThatThrownBy(
            () -> KeyRotation.of(List.of("--data", data.toString(), "all")).run(Clock.systemUTC()))
        .hasMessageContaining("EW-4091");
    service.close();
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() ->
            KeyRotation.of(List.of("--data", nowhere.toString(), "all")).run(Clock.systemUTC()))
        .hasMessageContaining("EW-4092");
    assertThat(Files.exists(nowhere)).isFalse();
    for (List<String> wrong :
        List.of(List.<String>of(), List.of("--data"), List.of("mirror"), List.of("--data", "d"))) {
      assertThatThrownBy(() -> KeyRotation.of(wrong)).isInstanceOf(ServiceException.class);
    }
  }
}
