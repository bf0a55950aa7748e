package io.edgewright.functions.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.signature.DeviceSigner;
import io.edgewright.functions.embedded.CheckedClient.Call;
import io.edgewright.functions.embedded.CheckedClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What devices found and measured, from the device to the operator.
class ResultsFlowTest {
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  @TempDir static Path folder;
  private static TestService service;
  private static CheckedClient client;

  @BeforeAll
  static void start() throws IOException {
    service = TestService.start(folder);
    client = service.client();
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
  }

  private static DeviceSigner enrolled() {
    DeviceSigner device = new DeviceSigner();
    client.enrol(device, "lobby", "x86-64-v3");
    return device;
  }

  private static Call post(DeviceSigner device, String path, JsonNode body) {
    Call call = client.open("POST", "/v1/devices/self/" + path).json(Json.text(body));
    return client.signed(device, call, Instant.now());
  }

  private static Reply send(DeviceSigner device, JsonNode... records) {
    ArrayNode list = Json.array();
    for (JsonNode record : records) {
      list.add(record);
    }
    return client.send(post(device, "results", Json.object().set("records", list)));
  }

  private static JsonNode record(int sequence, String kind, String content) {
    return Json.trusted(
        """
        {"sequence": %d, "kind": "%s", "at": "2026-03-01T12:00:00Z", "model": "finder",
         "bundle": "%s", %s}\
        """
            .formatted(sequence, kind, DIGEST, content));
  }

  private static JsonNode results(String query) {
    return client.send(client.operator("GET", "/v1/results?" + query)).expect(200).json();
  }

  @Test
  void keepsARecordOnceThatIsSentTwice() {
    DeviceSigner device = enrolled();
    JsonNode first = record(1, "sample", "\"outputs\": {\"n\": [1, null]}");
    JsonNode second = record(4, "counters", "\"counters\": {\"frames\": 2}");

    assertThat(send(device, first).expect(200).json().path("acknowledged").asInt()).isEqualTo(1);
    assertThat(send(device, first, second).expect(200).json().path("acknowledged").asInt())
        .isEqualTo(4);

    JsonNode page = results("device=" + device.id());
    assertThat(page.path("results")).hasSize(2);
    assertThat(page.at("/results/0/record/outputs/n/0").asInt()).isEqualTo(1);
    assertThat(page.at("/results/1/record/counters/frames").asInt()).isEqualTo(2);
    assertThat(page.at("/results/1/device").asText()).isEqualTo(device.id());
    assertThat(results("kind=counters&device=" + device.id()).path("results")).hasSize(1);
    assertThat(results("cursor=" + page.path("next").asText()).path("results")).isEmpty();
  }

  @Test
  void saysEverythingThatIsWrongWithTheRecords() {
    DeviceSigner device = enrolled();
    ArrayNode list = Json.array();
    list.add(record(5, "sample", "\"outputs\": {}"));
    list.add(record(5, "guess", "\"outputs\": 3, \"more\": 1"));
    list.add(record(7, "sample", "\"outputs\": {\"x\": \"" + "x".repeat(70_000) + "\"}"));
    list.add(7);

    Reply reply =
        client
            .send(post(device, "results", Json.object().set("records", list)).wrong())
            .expect(400);

    assertThat(reply.json().path("problems"))
        .extracting(problem -> problem.path("where").asText())
        .containsExactlyInAnyOrder(
            "/records/3",
            "/records/1/sequence",
            "/records/1/kind",
            "/records/1/outputs",
            "/records/1/more",
            "/records/2/outputs");
    assertThat(results("device=" + device.id()).path("results")).isEmpty();
  }

  private static JsonNode benchmark(String model, double median, String throttled) {
    return Json.trusted(
        """
        {"model": "%s", "bundle": "%s", "at": "2026-03-01T12:00:00Z", "frames": 100,
         "latency": {"minimumMicros": 900, "medianMicros": %s, "p90Micros": 6000,
                     "p99Micros": 7000, "maximumMicros": 8000, "histogram": [
           {"fromMicros": 900, "uptoMicros": 1000, "count": 60},
           {"fromMicros": 4000, "uptoMicros": 8000, "count": 40}]},
         "memory": {"peakBytes": 6291456}, "temperature": {"maximumCelsius": 58.25},
         "throttled": %s, "energy": {"millijoulesPerInference": null}}\
        """
            .formatted(model, DIGEST, median, throttled));
  }

  @Test
  void comparesDevicesFastestFirst() {
    DeviceSigner slow = enrolled();
    DeviceSigner fast = enrolled();
    client.send(post(slow, "benchmarks", benchmark("pair", 5000, "true"))).expect(204);
    client.send(post(fast, "benchmarks", benchmark("pair", 1000, "null"))).expect(204);
    client.send(post(fast, "benchmarks", benchmark("other", 1, "false"))).expect(204);

    JsonNode both =
        client.send(client.operator("GET", "/v1/benchmarks?model=pair")).expect(200).json();

    // The device's newer benchmark of the same bundle under another name has taken its place.
    assertThat(both.path("benchmarks")).hasSize(1);
    client.send(post(fast, "benchmarks", benchmark("pair", 1000, "null"))).expect(204);
    both = client.send(client.operator("GET", "/v1/benchmarks?model=pair")).expect(200).json();
    assertThat(both.path("benchmarks"))
        .extracting(row -> row.path("device").asText())
        .containsExactly(fast.id(), slow.id());
    assertThat(both.at("/benchmarks/0/valid").asBoolean()).isTrue();
    assertThat(both.at("/benchmarks/1/valid").asBoolean()).isFalse();
  }

  @Test
  void drawsAPageForPeople() {
    client.send(post(enrolled(), "benchmarks", benchmark("drawn", 5000, "true"))).expect(204);

    Reply page =
        client
            .send(client.operator("GET", "/v1/benchmarks?model=drawn").with("accept", "text/html"))
            .expect(200);

    assertThat(page.header("content-type")).startsWith("text/html");
    assertThat(page.header("content-security-policy")).contains("default-src 'none'");
    assertThat(page.text())
        .contains("<h1>Benchmarks of drawn</h1>", "5.00 ms", "6.29 MB", "58.3 °C", "throttled")
        .contains("<rect", "not measured");
  }

  @Test
  void escapesWhatADeviceOrACallerSays() {
    Reply page =
        client
            .send(
                client
                    .operator("GET", "/v1/benchmarks?model=%3Cscript%3Ex%3C%2Fscript%3E")
                    .with("accept", "text/html"))
            .expect(200);

    assertThat(page.text()).contains("&lt;script&gt;x").doesNotContain("<script>x");
  }
}
