package io.edgewright.device.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * The service in miniature, over real HTTP on the loopback interface: claims, signed requests,
 * signed metadata, and objects in ranges. What it should do wrong next stands in its open fields.
 */
public final class FakeService implements AutoCloseable {
  public final TufPublisher publisher = new TufPublisher("lobby");
  public final Map<String, String> claims = Collections.synchronizedMap(new HashMap<>());
  public final List<JsonValue> reports = Collections.synchronizedList(new ArrayList<>());
  public final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /** Records of results by number. */
  public final NavigableMap<Long, JsonValue> results = new ConcurrentSkipListMap<>();

  public final List<JsonValue> benchmarks = Collections.synchronizedList(new ArrayList<>());

  /** So many answers to results are lost on the way, after the records were kept. */
  public final AtomicInteger loseAnswers = new AtomicInteger();

  /** Statuses to answer the next requests for objects with, before honest answers. */
  public final Deque<Integer> objectFaults = new ArrayDeque<>();

  /** Statuses to answer the next requests to the API with, before honest answers. */
  public final Deque<Integer> faults = new ArrayDeque<>();

  public volatile Optional<byte[]> bundle = Optional.empty();
  public volatile Instant now = TufPublisher.NOW;
  public volatile boolean believesAnyEtag;
  public volatile boolean offersUnsigned;
  public volatile boolean forgetsRanges;

  /** How many times a changed key is taken, and the answer lost. */
  public final AtomicInteger rotationAnswersToLose = new AtomicInteger();

  public volatile long objectDelayMillis;
  public volatile int objectCutAfter = Integer.MAX_VALUE;

  /** One permit for each request that has come. */
  public final Semaphore arrivals = new Semaphore(0);

  public volatile int pollSeconds = 3600;

  private final HttpServer server;
  private final SignatureCheck signatures = new SignatureCheck();

  public FakeService() {
    this(Optional.empty());
  }

  /** With TLS where there is a context for it. */
  public FakeService(Optional<SSLContext> tls) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (tls.isPresent()) {
        HttpsServer secure = HttpsServer.create(address, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
        server = secure;
      } else {
        server = HttpServer.create(address, 0);
      }
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    server.createContext("/", this::answer);
    server.setExecutor(
        Executors.newCachedThreadPool(task -> {
          Thread thread = new Thread(task, "fake-service");
          thread.setDaemon(true);
          return thread;
        }));
    server.start();
  }

  public URI address() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on this is the bundle of the group for the target. */
  public void deploy(String target, byte[] zip, List<String> features) {
    publisher.deploy(target, zip, features);
    publisher.publish();
    bundle = Optional.of(zip);
  }

  public long objectRequests() {
    return requests.stream().filter(line -> line.contains("/objects/")).count();
  }

  public List<String> events() {
    return reports.stream().map(report -> report.require("event").text()).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String route = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      requests.add(route);
      arrivals.release();
      if (route.startsWith("GET /objects/")) {
        answerObject(exchange);
      } else if (!faults.isEmpty()) {
        reply(exchange, faults.remove(), Map.of());
      } else if (route.equals("POST /v1/enroll")) {
        answerEnrol(exchange, body);
      } else {
        Optional<String> complaint = signatures.complaint(exchange, body, now);
        if (complaint.isPresent()) {
          reply(exchange, 401, Map.of("code", complaint.get(), "problems", List.of()));
        } else if (route.equals("GET /v1/devices/self/desired")) {
          answerDesired(exchange);
        } else if (route.equals("POST /v1/devices/self/results")) {
          answerResults(exchange, JsonText.parse(body, "results"));
        } else if (route.equals("POST /v1/devices/self/benchmarks")) {
          benchmarks.add(JsonText.parse(body, "benchmark"));
          exchange.sendResponseHeaders(204, -1);
        } else if (route.equals("PUT /v1/devices/self/key")) {
          answerRotation(exchange, body);
        } else {
          reports.add(JsonText.parse(body, "report"));
          exchange.sendResponseHeaders(204, -1);
        }
      }
    }
  }

  /** Keeps each number once, as the real service does. */
  private void answerResults(HttpExchange exchange, JsonValue body) throws IOException {
    List<JsonValue> records = body.require("records").items();
    for (JsonValue record : records) {
      results.putIfAbsent(record.require("sequence").integer(1, Long.MAX_VALUE), record);
    }
    if (loseAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      exchange.close();
      return;
    }
    reply(exchange, 200, Map.of("acknowledged", results.isEmpty() ? 0L : results.lastKey()));
  }

  private void answerEnrol(HttpExchange exchange, byte[] body) throws IOException {
    JsonValue request = JsonText.parse(body, "enrolment");
    Map<String, String> jwk = jwk(request);
    String device = SignatureCheck.thumbprint(jwk);
    String owner = claims.get(request.require("claim").text());
    if (owner == null || (!owner.isEmpty() && !owner.equals(device))) {
      Map<String, Object> problem =
          Map.of("where", "/claim", "seen", "a claim that was never made here or is used");
      reply(exchange, 403, Map.of("code", "EW-4030", "problems", List.of(problem)));
      return;
    }
    claims.put(request.require("claim").text(), device);
    signatures.enrol(device, jwk);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("deviceId", device);
    answer.put("group", publisher.group);
    answer.put("root", value(publisher.roots.get(publisher.roots.size() - 1)));
    answer.put("pollSeconds", pollSeconds);
    reply(exchange, 201, answer);
  }

  private void answerRotation(HttpExchange exchange, byte[] body) throws IOException {
    Map<String, String> jwk = jwk(JsonText.parse(body, "rotation"));
    Optional<String> complaint = signatures.rotate(exchange, body, now, jwk);
    if (complaint.isPresent()) {
      reply(exchange, 401, Map.of("code", complaint.get(), "problems", List.of()));
    } else if (rotationAnswersToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      reply(exchange, 502, Map.of());
    } else {
      reply(exchange, 200, Map.of("keyId", SignatureCheck.thumbprint(jwk)));
    }
  }

  private static Map<String, String> jwk(JsonValue request) {
    Map<String, String> jwk = new HashMap<>();
    request.require("publicKey").fields().forEach((name, value) -> jwk.put(name, value.text()));
    return jwk;
  }

  /** As if every device had been removed. */
  public void forgetDevices() {
    signatures.forget();
  }

  private void answerDesired(HttpExchange exchange) throws IOException {
    String etag = "\"" + publisher.role("timestamp").version + "\"";
    exchange.getResponseHeaders().set("ETag", etag);
    String known = String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match"));
    if (known.equals(etag) || (believesAnyEtag && !known.equals("null"))) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    long have = Long.parseLong(exchange.getRequestURI().getQuery().replaceAll("\\D", ""));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("root", publisher.roots.stream().skip(have).map(FakeService::value).toList());
    metadata.put("timestamp", value(publisher.timestamp()));
    metadata.put("snapshot", value(publisher.snapshot()));
    metadata.put("targets", value(publisher.targets()));
    metadata.put(publisher.groupRole(), value(publisher.delegated()));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("metadata", metadata);
    answer.put("bundle", link());
    reply(exchange, 200, answer);
  }

  private Object link() {
    if (publisher.groupTargets.isEmpty() && !offersUnsigned) {
      return JsonText.NULL;
    }
    Object path =
        publisher.groupTargets.keySet().stream().findFirst().orElse(publisher.path("toy-target"));
    return Map.of(
        "path", path, "url", address() + "/objects/bundle?signature=" + System.nanoTime());
  }

  private void answerObject(HttpExchange exchange) throws IOException {
    if (!objectFaults.isEmpty()) {
      exchange.sendResponseHeaders(objectFaults.remove(), -1);
      return;
    }
    byte[] object = bundle.orElse(new byte[0]);
    String[] range =
        exchange.getRequestHeaders().getFirst("Range").replace("bytes=", "").split("-", 2);
    int first = forgetsRanges ? 0 : Integer.parseInt(range[0]);
    int last = forgetsRanges ? object.length : Integer.parseInt(range[1]);
    int count = Math.min(object.length - 1, last) - first + 1;
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(first, first + count - 1, object.length));
    exchange.getResponseHeaders().set("ETag", "\"" + SigningKey.sha256(object) + "\"");
    exchange.sendResponseHeaders(forgetsRanges ? 200 : 206, count);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int sent = 0; sent < count; sent += 16384) {
        pause();
        if (sent > objectCutAfter) {
          exchange.close(); // in the middle: this cuts the connection
          return;
        }
        out.write(object, first + sent, Math.min(16384, count - sent));
        out.flush();
      }
    } catch (IOException exception) {
      // the device went away; that is one of the things that are tried
    }
  }

  private void pause() {
    try {
      Thread.sleep(objectDelayMillis);
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
    }
  }

  private void reply(HttpExchange exchange, int status, Map<String, Object> answer)
      throws IOException {
    byte[] body = JsonText.print(answer).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static Object value(byte[] json) {
    return JsonText.parse(json, "metadata").value();
  }
}
