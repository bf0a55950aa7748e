package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.signature.DeviceSigner;
import io.edgewright.functions.core.store.MovingClock;
import io.edgewright.functions.core.trust.Canaries;
import io.edgewright.functions.embedded.CheckedClient.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deployments in stages, as twelve devices and an operator see them.
@Tag("slow")
class RolloutFlowTest {
  private static final String TARGET = "x86-64-v3";
  private static final String MANIFEST = manifest("detector", TARGET);

  @TempDir Path folder;
  private final MovingClock clock = new MovingClock(Instant.parse("2026-05-01T12:00:00Z"));
  private TestService service;
  private CheckedClient client;
  private List<DeviceSigner> devices;
  private JsonNode old;
  private JsonNode fresh;

  @BeforeEach
  void start() throws IOException {
    service = TestService.start(folder, TestService.LIMITS, clock);
    client = service.client();
    old = client.compile(MANIFEST, model());
    fresh = client.compile(MANIFEST, model("sleep none 1"));
    devices = IntStream.range(0, 12).mapToObj(i -> new DeviceSigner()).toList();
    devices.forEach(device -> client.enrol(device, "lobby", TARGET));
  }

  @AfterEach
  void stop() throws IOException {
    service.close();
  }

  private static String id(JsonNode compilation) {
    return compilation.path("id").asText();
  }

  private static String digest(JsonNode compilation) {
    return compilation.at("/targets/0/bundle/digest").asText();
  }

  private JsonNode deploy(JsonNode compilation, String stages) {
    return client
        .send(
            client
                .operator("PUT", "/v1/deployments/lobby")
                .json("{\"compilation\":\"" + id(compilation) + "\"" + stages + "}"))
        .expect(200)
        .json();
  }

  private static String stages(String stages, int leastReports) {
    return ",\"stages\":"
        + stages
        + ",\"gate\":{\"mostFailedPercent\":20,\"leastReports\":"
        + leastReports
        + ",\"observeSeconds\":600}";
  }

  private JsonNode state() {
    return client.send(client.operator("GET", "/v1/deployments/lobby")).expect(200).json();
  }

  private JsonNode rollBack() {
    return client
        .send(client.operator("POST", "/v1/deployments/lobby/rollback"))
        .expect(200)
        .json();
  }

  /// The digest of the bundle that the answer leads the device to; empty when there is none. The
  /// signed metadata must name that very bundle.
  private String desired(DeviceSigner device) {
    Call call = client.open("GET", "/v1/devices/self/desired");
    JsonNode answer = client.send(client.signed(device, call, clock.instant())).expect(200).json();
    if (answer.path("bundle").isNull()) {
      return "";
    }
    JsonNode entry =
        answer
            .path("metadata")
            .path("group/lobby")
            .path("signed")
            .path("targets")
            .path(answer.at("/bundle/path").asText());
    String digest = entry.at("/hashes/sha256").asText();
    assertThat(answer.at("/bundle/url").asText()).contains("/bundles/" + digest + ".zip?");
    return "sha256:" + digest;
  }

  private List<DeviceSigner> canaries(JsonNode deployment) {
    Canaries canaries =
        new Canaries(deployment.path("deployment").asText(), deployment.path("percent").asInt());
    return devices.stream().filter(device -> canaries.include(device.id())).toList();
  }

  private void report(DeviceSigner device, String event, String bundle) {
    Call call =
        client
            .open("POST", "/v1/devices/self/reports")
            .json(Json.text(Json.object().put("event", event).put("bundle", bundle)));
    client.send(client.signed(device, call, clock.instant())).expect(204);
  }

  private void allRun(JsonNode compilation) {
    assertThat(devices).allMatch(device -> desired(device).equals(digest(compilation)));
  }

  /// Deploys in stages until there are so many canaries in the first one: who they are is chance.
  private JsonNode deployToSome(int leastReports) {
    while (true) {
      deploy(old, "");
      JsonNode deployment = deploy(fresh, stages("[50,100]", leastReports));
      int canaries = canaries(deployment).size();
      assertThat(deployment.at("/canaries/devices").asInt()).isEqualTo(canaries);
      if (canaries >= 4 && canaries <= 8) {
        return deployment;
      }
      rollBack();
    }
  }

  @Test
  void letsOnlyCanariesRunTheNewOneUntilItHasProvedItself() {
    JsonNode deployment = deployToSome(3);
    List<DeviceSigner> canaries = canaries(deployment);
    assertThat(deployment.path("state").asText()).isEqualTo("rolling-out");
    assertThat(deployment.path("previous").asText()).isEqualTo(id(old));
    for (DeviceSigner device : devices) {
      String wanted = digest(canaries.contains(device) ? fresh : old);
      assertThat(desired(device)).isEqualTo(wanted);
    }
    canaries.forEach(device -> report(device, "activated", digest(fresh)));
    assertThat(state().at("/canaries/reported").asInt()).isEqualTo(canaries.size());
    assertThat(state().path("stage").asInt()).isZero();
    clock.advance(Duration.ofMinutes(10));
    report(canaries.getFirst(), "activated", digest(fresh));
    assertThat(state().path("percent").asInt()).isEqualTo(100);
    allRun(fresh);
    devices.forEach(device -> report(device, "activated", digest(fresh)));
    clock.advance(Duration.ofMinutes(10));
    report(canaries.getFirst(), "activated", digest(fresh));
    assertThat(state().path("state").asText()).isEqualTo("done");
    allRun(fresh);
  }

  @Test
  void returnsToTheOldOneWhenTooManyCanariesFail() {
    JsonNode deployment = deployToSome(3);
    List<DeviceSigner> canaries = canaries(deployment);
    report(canaries.get(0), "activated", digest(fresh));
    report(canaries.get(1), "failed", digest(fresh));
    assertThat(state().path("state").asText()).isEqualTo("rolling-out");
    report(canaries.get(2), "rolled-back", digest(fresh));
    JsonNode halted = state();
    assertThat(halted.path("state").asText()).isEqualTo("halted");
    assertThat(halted.path("reason").asText())
        .isEqualTo("2 of 3 devices that reported at 50 % failed; at most 20 % may");
    allRun(old);
    client.send(client.operator("DELETE", "/v1/compilations/" + id(old))).expect(409);
    client.send(client.operator("DELETE", "/v1/compilations/" + id(fresh))).expect(204);
    assertThat(state().path("state").asText()).isEqualTo("halted");
  }

  @Test
  void listensToNobodyButCanariesAboutTheNewBundle() {
    JsonNode deployment = deployToSome(1);
    List<DeviceSigner> canaries = canaries(deployment);
    devices.stream()
        .filter(device -> !canaries.contains(device))
        .forEach(device -> report(device, "failed", digest(fresh)));
    report(canaries.getFirst(), "failed", digest(old));
    report(canaries.getFirst(), "health", digest(fresh));
    assertThat(state().path("state").asText()).isEqualTo("rolling-out");
    assertThat(state().at("/canaries/reported").asInt()).isZero();
  }

  @Test
  void countsADeviceOnceHoweverOftenItReports() {
    JsonNode deployment = deployToSome(3);
    DeviceSigner loud = canaries(deployment).getFirst();
    for (int i = 0; i < 5; i++) {
      report(loud, "failed", digest(fresh));
    }
    assertThat(state().path("state").asText()).isEqualTo("rolling-out");
    assertThat(state().at("/canaries/failed").asInt()).isEqualTo(1);
  }

  @Test
  void goesOnWithOtherStagesWhenAskedAgain() {
    JsonNode deployment = deployToSome(3);
    List<DeviceSigner> canaries = canaries(deployment);
    assertThat(deploy(fresh, stages("[50,100]", 3))).isEqualTo(deployment);
    JsonNode wider = deploy(fresh, stages("[70,100]", 3));
    assertThat(wider.path("deployment")).isEqualTo(deployment.path("deployment"));
    assertThat(canaries(wider)).containsAll(canaries);
    JsonNode all = deploy(fresh, "");
    assertThat(all.path("state").asText()).isEqualTo("done");
    allRun(fresh);
    assertThat(deploy(fresh, "")).isEqualTo(all);
  }

  @Test
  void takesADeploymentBackWhenAnOperatorSaysSo() {
    deploy(old, "");
    deploy(fresh, "");
    allRun(fresh);
    JsonNode back = rollBack();
    assertThat(back.path("state").asText()).isEqualTo("rolled-back");
    allRun(old);
    assertThat(rollBack()).isEqualTo(back);
    // Deployed again, it is another deployment, with other canaries.
    JsonNode again = deploy(fresh, stages("[50,100]", 3));
    assertThat(again.path("deployment")).isNotEqualTo(back.path("deployment"));
    assertThat(again.path("previous").asText()).isEqualTo(id(old));
  }

  @Test
  void leavesAGroupWithNothingWhereNothingRanBefore() {
    deploy(fresh, stages("[50,100]", 3));
    rollBack();
    assertThat(devices).allMatch(device -> desired(device).isEmpty());
    assertThat(state().path("previous").isNull()).isTrue();
  }

  @Test
  void goesOnAfterARestart() throws IOException {
    JsonNode deployment = deployToSome(3);
    List<DeviceSigner> canaries = canaries(deployment);
    service = service.restarted();
    client = service.client();
    assertThat(state()).isEqualTo(deployment);
    for (DeviceSigner device : devices) {
      assertThat(desired(device)).isEqualTo(digest(canaries.contains(device) ? fresh : old));
    }
    client
        .send(client.operator("GET", "/v1/deployments?limit=5"))
        .expect(200)
        .json()
        .path("deployments")
        .forEach(listed -> assertThat(listed).isEqualTo(deployment));
  }
}
