package io.edgewright.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.bench.service.Traffic.Reply;
import io.edgewright.device.identity.DeviceKey;
import io.edgewright.device.identity.RequestSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/// Devices in groups, each group with a compilation of its own. A device enrols, asks what to run,
/// downloads it, holds it against the signed metadata, and asks again: nothing has changed.
final class Fleet {
  private static final int GROUPS = 20;
  private static final String DESIRED = "/v1/devices/self/desired";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Traffic traffic;
  private final ServiceBenchOptions options;
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong bytes = new AtomicLong();

  Fleet(Traffic traffic, ServiceBenchOptions options) {
    this.traffic = traffic;
    this.options = options;
  }

  /// @param devices their ids
  /// @param bytes of bundles that were downloaded
  record Outcome(Set<String> devices, long bytes, double seconds) {}

  /// @param compilations that are done
  /// @throws IllegalStateException when a device does not get what it should
  Outcome run(List<String> compilations) throws IOException, InterruptedException {
    for (int group = 0; group < GROUPS; group++) {
      String compilation = compilations.get(group % compilations.size());
      traffic.send(
          "PUT /v1/deployments/{group}",
          Traffic.json(
              traffic.operator("/v1/deployments/group-" + group),
              "PUT",
              JSON.createObjectNode().put("compilation", compilation).toString()),
          200);
    }
    List<Callable<String>> devices = new ArrayList<>();
    for (int i = 0; i < options.devices(); i++) {
      String group = "group-" + i % GROUPS;
      devices.add(() -> device(group));
    }
    long start = System.nanoTime();
    Set<String> ids = new TreeSet<>(Crowd.each(devices, options.clients()));
    return new Outcome(ids, bytes.get(), (System.nanoTime() - start) / 1e9);
  }

  private String device(String group) throws IOException, InterruptedException {
    DeviceKey key = DeviceKey.generate();
    RequestSigner signer = new RequestSigner(key, random);
    enrol(key, group);
    Reply first = traffic.send("GET " + DESIRED, signed(signer), 200);
    download(first.json());
    traffic.send(
        "GET " + DESIRED + " (304)",
        signed(signer).header("If-None-Match", first.tag().orElseThrow()),
        304);
    return key.thumbprint();
  }

  private HttpRequest.Builder signed(RequestSigner signer) {
    URI address = traffic.at(DESIRED);
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    signer.headers("GET", address, null, Instant.now()).forEach(request::header);
    return request;
  }

  private void enrol(DeviceKey key, String group) throws IOException, InterruptedException {
    String wanted = JSON.createObjectNode().put("group", group).toString();
    String claim =
        traffic
            .send(
                "POST /v1/claims",
                Traffic.json(traffic.operator("/v1/claims"), "POST", wanted),
                201)
            .json()
            .path("claim")
            .asText();
    var body =
        JSON.createObjectNode()
            .put("claim", claim)
            .put("target", "x86-64-v3")
            .put("name", "simulated");
    body.set("publicKey", JSON.valueToTree(key.jwk()));
    HttpRequest.Builder request = HttpRequest.newBuilder(traffic.at("/v1/enroll"));
    traffic.send("POST /v1/enroll", Traffic.json(request, "POST", body.toString()), 201);
  }

  private void download(JsonNode desired) throws IOException, InterruptedException {
    String path = desired.at("/bundle/path").asText();
    URI address = URI.create(desired.at("/bundle/url").asText());
    byte[] bundle = traffic.send("GET bundle", HttpRequest.newBuilder(address), 200).body();
    String signed = "";
    for (JsonNode role : desired.path("metadata")) {
      signed += role.path("signed").path("targets").path(path).at("/hashes/sha256").asText();
    }
    if (!signed.equals(sha256(bundle))) {
      throw new IllegalStateException("a download that is not what was signed: " + path);
    }
    bytes.addAndGet(bundle.length);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
