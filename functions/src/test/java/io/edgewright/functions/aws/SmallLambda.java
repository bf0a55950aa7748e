package io.edgewright.functions.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.workflow.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/// One call of Lambda, `Invoke`, with one function behind it. What the function throws is answered
/// as Lambda answers it.
public final class SmallLambda implements AutoCloseable {
  public static final String FUNCTION =
      "arn:aws:lambda:eu-central-1:123456789012:function:publish:live";
  private static final String PATH =
      "/2015-03-31/functions/" + FUNCTION.replace(":", "%3A") + "/invocations";

  private final HttpServer server;
  private final Step function;
  private final Queue<Fault> faults = new ArrayDeque<>();
  private final AtomicInteger requests = new AtomicInteger();

  /// What becomes of a request.
  public enum Fault {
    THROTTLED,
    LOST_REPLY
  }

  public SmallLambda(Step function) throws IOException {
    this.function = function;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public int requests() {
    return requests.get();
  }

  /// Of the next requests, one each.
  public void disturb(Fault... next) {
    faults.addAll(List.of(next));
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    Fault fault = faults.poll();
    try (exchange) {
      if (!exchange.getRequestURI().getRawPath().equals(PATH)) {
        send(exchange, 404, refusal("ResourceNotFoundException"));
      } else if (fault == Fault.THROTTLED) {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", "TooManyRequestsException");
        send(exchange, 429, refusal("TooManyRequestsException"));
      } else {
        ObjectNode answer = invoke(exchange);
        if (fault != Fault.LOST_REPLY) {
          send(exchange, 200, answer);
        }
      }
    }
  }

  private ObjectNode invoke(HttpExchange exchange) throws IOException {
    JsonNode input = Json.parse(exchange.getRequestBody().readAllBytes());
    try {
      return function.run(input);
    } catch (IOException | RuntimeException e) {
      exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
      return Json.object()
          .put("errorMessage", e.getMessage())
          .put("errorType", e.getClass().getName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static ObjectNode refusal(String type) {
    return Json.object().put("Type", "User").put("message", type);
  }

  private static void send(HttpExchange exchange, int status, ObjectNode answer)
      throws IOException {
    byte[] bytes = Json.bytes(answer);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
