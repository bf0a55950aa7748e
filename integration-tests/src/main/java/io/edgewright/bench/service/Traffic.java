package io.edgewright.bench.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Requests to the service, and how long each took until its last byte, by route.
final class Traffic implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER_TIME = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String token;
  private final Map<String, Queue<Double>> millis = new ConcurrentHashMap<>();

  Traffic(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /// @param body what came, whole
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reply(int status, Optional<String> tag, byte[] body) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }
  }

  URI at(String path) {
    return base.resolve(path);
  }

  /// A request with the operator's token.
  HttpRequest.Builder operator(String path) {
    return HttpRequest.newBuilder(at(path)).header("Authorization", authorization());
  }

  String authorization() {
    return "Bearer " + token;
  }

  static HttpRequest.Builder json(HttpRequest.Builder request, String method, String body) {
    return request
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body));
  }

  /// @param route as the table shows it
  /// @throws IOException when the connection breaks or the answer is none of those expected
  Reply send(String route, HttpRequest.Builder request, Integer... expected)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<byte[]> response =
        http.send(request.timeout(ANSWER_TIME).build(), BodyHandlers.ofByteArray());
    millis
        .computeIfAbsent(route, _ -> new ConcurrentLinkedQueue<>())
        .add((System.nanoTime() - start) / 1e6);
    Reply reply =
        new Reply(response.statusCode(), response.headers().firstValue("etag"), response.body());
    if (!List.of(expected).contains(reply.status())) {
      throw new IOException(
          route + " answered " + reply.status() + ": " + new String(reply.body(), UTF_8));
    }
    return reply;
  }

  /// A listing, page by page.
  List<JsonNode> all(String route, String path, String list)
      throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = send(route, operator(path + "?limit=100" + cursor), 200).json();
      page.path(list).forEach(all::add);
      cursor = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return all;
  }

  /// The times by route, in alphabetical order.
  Map<String, List<Double>> millis() {
    Map<String, List<Double>> times = new TreeMap<>();
    millis.forEach((route, each) -> times.put(route, List.copyOf(each)));
    return times;
  }

  @Override
  public void close() {
    http.close();
  }
}
