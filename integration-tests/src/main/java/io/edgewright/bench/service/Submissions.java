package io.edgewright.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.demo.MultipartForm;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients that want compilations, some of them the same ones, and wait for them. Their connections
/// break now and then; they do what a client should: ask again.
final class Submissions {
  private static final String TARGET = "x86-64-v3";
  private static final byte[] MODEL = TinyModel.bytes();

  /// One request in so many is cut off, somewhere from its first byte to after its last.
  private static final int CUT_ONE_OF = 10;

  private static final int MOST_TRIES = 20;
  private static final int LOOK_EVERY_MILLIS = 1000;

  private final Traffic traffic;
  private final ServiceBenchOptions options;
  private final Map<String, String> ids = new ConcurrentHashMap<>();
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicInteger again = new AtomicInteger();

  Submissions(Traffic traffic, ServiceBenchOptions options) {
    this.traffic = traffic;
    this.options = options;
  }

  /// @param ids one compilation for each distinct request, in no order
  /// @param cuts requests whose connection broke
  /// @param postedAgain requests that were repeated after a fault of the service
  record Outcome(List<String> ids, int cuts, int postedAgain, double seconds) {}

  /// Returns when all compilations are done.
  ///
  /// @throws IllegalStateException when one is not
  Outcome run() throws InterruptedException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < options.submissions(); i++) {
      names.add("bench-" + i % options.distinct());
    }
    Collections.shuffle(names, new Random(options.seed()));
    List<Callable<Integer>> clients = new ArrayList<>();
    for (int i = 0; i < options.clients(); i++) {
      List<String> own = new ArrayList<>();
      for (int at = i; at < names.size(); at += options.clients()) {
        own.add(names.get(at));
      }
      Random random = new Random(options.seed() + i);
      clients.add(() -> client(own, random));
    }
    long start = System.nanoTime();
    Crowd.each(clients, clients.size());
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Outcome(List.copyOf(ids.values()), cuts.get(), again.get(), seconds);
  }

  private int client(List<String> names, Random random) throws IOException, InterruptedException {
    for (String name : names) {
      if (random.nextInt(CUT_ONE_OF) == 0) {
        cut(name, random.nextDouble() * 1.2);
      }
      post(name);
    }
    for (String name : names) {
      awaitDone(name);
    }
    return names.size();
  }

  private static MultipartForm form(String name) {
    MultipartForm form = new MultipartForm();
    String manifest = "{\"name\":\"%s\",\"targets\":[\"%s\"]}".formatted(name, TARGET);
    byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
    form.add("manifest", "manifest.json", "application/json", bytes);
    form.add("model", "model.onnx", "application/octet-stream", MODEL);
    return form;
  }

  private void cut(String name, double part) throws IOException {
    MultipartForm form = form(name);
    CutConnection.post(
        traffic.at("/v1/compilations"),
        Map.of("Authorization", traffic.authorization(), "Content-Type", form.contentType()),
        form.bytes(),
        Math.min(part, 1));
    cuts.incrementAndGet();
  }

  private void post(String name) throws IOException, InterruptedException {
    MultipartForm form = form(name);
    HttpRequest.Builder request =
        traffic
            .operator("/v1/compilations")
            .header("Content-Type", form.contentType())
            .POST(BodyPublishers.ofByteArray(form.bytes()));
    JsonNode answer = traffic.send("POST /v1/compilations", request, 200, 202).json();
    String id = answer.path("id").asText();
    String before = ids.putIfAbsent(name, id);
    if (before != null && !before.equals(id)) {
      throw new IllegalStateException("two compilations for " + name + ": " + before + ", " + id);
    }
  }

  private void awaitDone(String name) throws IOException, InterruptedException {
    int tries = 0;
    while (true) {
      String path = "/v1/compilations/" + ids.get(name);
      JsonNode compilation =
          traffic.send("GET /v1/compilations/{id}", traffic.operator(path), 200).json();
      switch (compilation.path("state").asText()) {
        case "done" -> {
          return;
        }
        case "queued", "running" -> Thread.sleep(LOOK_EVERY_MILLIS);
        default -> {
          if (++tries > MOST_TRIES) {
            throw new IllegalStateException("no end of " + compilation);
          }
          again.incrementAndGet();
          post(name);
        }
      }
    }
  }
}
