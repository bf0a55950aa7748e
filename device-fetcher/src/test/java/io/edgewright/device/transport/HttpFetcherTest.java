package io.edgewright.device.transport;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.edgewright.device.errors.DeviceErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpFetcherTest {
  private final List<Integer> ports = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server = server();

  @BeforeEach
  void start() {
    server.setExecutor(threads);
    server.createContext("/refused", exchange -> reply(exchange, 401, "no"));
    server.createContext("/moved", this::redirect);
    server.createContext("/endless", HttpFetcherTest::flood);
    server.createContext("/", exchange -> reply(exchange, 200, "yes"));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void givesTheBodyOfARefusedPost() throws IOException {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    Fetcher.Request post = new Fetcher.Request("POST", address("/refused"), Map.of(), body);

    try (Fetcher.Answer answer = new HttpFetcher().send(post)) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.body().readAllBytes()).isEqualTo("no".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void followsNoRedirect() throws IOException {
    try (Fetcher.Answer answer = new HttpFetcher().send(get("/moved"))) {
      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.header("Location")).contains("/");
    }
    assertThat(ports).isEmpty();
  }

  @Test
  void usesOneConnectionForRequestsInARow() throws IOException {
    for (int request = 0; request < 5; request++) {
      try (Fetcher.Answer answer = new HttpFetcher().send(get("/"))) {
        BoundedBody.read(answer.body(), 100, Duration.ofSeconds(5));
      }
    }

    assertThat(ports).hasSize(5);
    assertThat(ports.stream().distinct()).hasSize(1);
  }

  @Test
  void cutsAnEndlessBodyInsteadOfReadingOn() throws IOException {
    try (Fetcher.Answer answer = new HttpFetcher().send(get("/endless"))) {
      assertThat(BoundedBody.read(answer.body(), 1 << 20, Duration.ofSeconds(20)))
          .hasSize((1 << 20) + 1);
    }
  }

  @Test
  void givesUpOnABodyThatOnlyDrips() throws IOException {
    try (Fetcher.Answer answer = new HttpFetcher().send(get("/endless"))) {
      assertThatIOException()
          .isThrownBy(
              () -> BoundedBody.copy(answer.body(), 1L << 40, Duration.ofMillis(50), (b, n) -> {}))
          .withMessageContaining("bytes in 0 s");
    }
  }

  @Test
  void asksNobodyElseInTheClear() {
    assertRefused(
        DeviceErrorCode.INSECURE_ADDRESS,
        () ->
            new HttpFetcher()
                .send(Fetcher.Request.get(URI.create("http://edge.example/"), Map.of())));
  }

  private Fetcher.Request get(String path) {
    return Fetcher.Request.get(address(path), Map.of());
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void reply(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      ports.add(exchange.getRemoteAddress().getPort());
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(status, body.length());
      exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void redirect(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Location", "/");
      exchange.sendResponseHeaders(302, -1);
    }
  }

  private static void flood(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (exchange) {
      while (true) {
        exchange.getResponseBody().write(new byte[1 << 14]);
      }
    } catch (IOException closed) {
      // the client has had enough
    }
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
