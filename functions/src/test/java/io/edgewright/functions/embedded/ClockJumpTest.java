package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.form;
import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.signature.DeviceSigner;
import io.edgewright.functions.core.store.MovingClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The machine's clock is set forth and back while the service is at work: a year, and more than
/// that back again.
class ClockJumpTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final List<Duration> JUMPS =
      List.of(Duration.ofDays(365), Duration.ofDays(-700), Duration.ofMinutes(90));
  private static final String TARGET = "x86-64-v3";

  @TempDir Path folder;
  private final MovingClock clock = new MovingClock(NOW);

  @Test
  void endsCompilationsAndKeepsMetadataAhead() throws IOException, SQLException {
    Path data = folder.resolve("data");
    DeviceSigner device = new DeviceSigner();
    try (TestService service = TestService.start(data, TestService.LIMITS, clock)) {
      service.client().enrol(device, "lobby", TARGET);
      int version = 0;
      for (Duration jump : JUMPS) {
        String id = compileAcross(service.client(), jump);
        version = deployed(service.client(), device, id, version);
      }
    }
    StoredState.check(data);
  }

  /// The clock jumps while the compiler is at work.
  private String compileAcross(CheckedClient client, Duration jump) {
    String manifest = manifest("m" + jump.toHours(), TARGET);
    JsonNode posted =
        client
            .send(form(client.operator("POST", "/v1/compilations"), manifest, model("sleep * 300")))
            .expect(202)
            .json();
    String id = posted.path("id").asText();
    clock.advance(jump);
    assertThat(client.await(id).path("state").asText()).isEqualTo("done");
    return id;
  }

  /// A device that goes by the same clock gets the new compilation, under a newer version of the
  /// metadata that has not expired.
  private int deployed(CheckedClient client, DeviceSigner device, String id, int before) {
    client
        .send(
            client
                .operator("PUT", "/v1/deployments/lobby")
                .json("{\"compilation\":\"" + id + "\"}"))
        .expect(200);
    JsonNode desired =
        client
            .send(
                client.signed(
                    device, client.open("GET", "/v1/devices/self/desired"), clock.instant()))
            .expect(200)
            .json();
    JsonNode timestamp = desired.at("/metadata/timestamp/signed");
    assertThat(timestamp.path("version").asInt()).isGreaterThan(before);
    assertThat(Instant.parse(timestamp.path("expires").asText())).isAfter(clock.instant());
    assertThat(desired.at("/bundle/path").asText()).isNotEmpty();
    return timestamp.path("version").asInt();
  }
}
