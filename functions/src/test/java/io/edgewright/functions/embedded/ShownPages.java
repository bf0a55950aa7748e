package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.signature.DeviceSigner;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A service with something on every page.
final class ShownPages {
  static final String LONG = "a-name-without-any-place-where-a-line-could-break".repeat(2);
  static final String HOSTILE = "<img src=x onerror=document.title=1>\"'&<script>x</script>";

  private static final String GATE =
      "\"gate\":{\"mostFailedPercent\":10,\"leastReports\":5,\"observeSeconds\":3600}}";

  private static final String BENCHMARK =
      """
      {"model": "digits", "bundle": "sha256:%s", "at": "2026-03-01T12:00:00Z", "frames": 100,
       "latency": {"minimumMicros": 900, "medianMicros": 2000, "p90Micros": 6000,
                   "p99Micros": 7000, "maximumMicros": 8000, "histogram": [
         {"fromMicros": 900, "uptoMicros": 1000, "count": 60},
         {"fromMicros": 4000, "uptoMicros": 8000, "count": 40}]}, "throttled": true}\
      """
          .formatted("0".repeat(64));

  private final CheckedClient client;

  ShownPages(CheckedClient client) {
    this.client = client;
  }

  /// The paths of the pages by their names.
  Map<String, String> make() {
    Map<String, String> pages = new LinkedHashMap<>();
    String done = compiled(manifest("digits", "x86-64-v3", "raspberry-pi-3"), model());
    String failed = compiled(manifest("broken", "x86-64-v3"), model("refuse *"));
    String named = compiled(manifest("partly", "x86-64-v3", "host"), model("refuse host"));
    deploy("lobby", "{\"compilation\":\"" + done + "\"}");
    deploy("roof", "{\"compilation\":\"" + done + "\"}");
    deploy("roof", "{\"compilation\":\"" + named + "\",\"stages\":[5,25,100]," + GATE);
    pages.put("console", "/");
    pages.put("done", "/compilations/" + done);
    pages.put("failed", "/compilations/" + failed);
    pages.put("partial", "/compilations/" + named);
    pages.put("deployments", "/deployments");
    pages.put("devices", "/devices");
    pages.put("device", "/devices/" + device());
    pages.put("benchmarks", "/v1/benchmarks");
    pages.put("docs", "/docs");
    pages.put("error", "/v1/errors/EW-4004");
    pages.put("nothing", "/compilations/" + "0".repeat(64));
    return pages;
  }

  private void deploy(String group, String body) {
    client.send(client.operator("PUT", "/v1/deployments/" + group).json(body)).expect(200);
  }

  private String compiled(String manifest, String model) {
    return client.compile(manifest, model).path("id").asText();
  }

  /// One that has reported what no page expects.
  private String device() {
    DeviceSigner device = new DeviceSigner();
    client.enrol(device, "lobby", "x86-64-v3");
    report(device, "activated", "the first report");
    report(device, "failed", HOSTILE + LONG);
    send(device, "benchmarks", Json.trusted(BENCHMARK));
    return device.id();
  }

  private void send(DeviceSigner device, String kind, JsonNode body) {
    var call = client.open("POST", "/v1/devices/self/" + kind).json(Json.text(body));
    client.send(client.signed(device, call, Instant.now())).expect(204);
  }

  private void report(DeviceSigner device, String event, String detail) {
    var report = Json.object().put("event", event).put("code", "EW-5004").put("detail", detail);
    report.putObject("thermal").put(HOSTILE, LONG).put("celsius", 61.5);
    send(device, "reports", report);
  }
}
