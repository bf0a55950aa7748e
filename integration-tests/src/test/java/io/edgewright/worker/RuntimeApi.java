package io.edgewright.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Lambda's side of its Runtime API (AWS Lambda Developer Guide, "Using the Lambda runtime API for
/// custom runtimes"), on loopback, for one function.
final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();
  private final HttpServer server;

  private record Call(String id, String payload, Instant deadline) {}

  /// @param body of an error: `errorType`, by which Step Functions knows it, and `errorMessage`
  record Answer(String body, boolean isError) {}

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(PREFIX, this::serve);
    server.start();
  }

  /// What `AWS_LAMBDA_RUNTIME_API` is.
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// One call, and what came of it.
  Answer call(String payload, Duration most) throws Exception {
    String id = UUID.randomUUID().toString();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    open.put(id, answer);
    calls.put(new Call(id, payload, Instant.now().plus(most)));
    return answer.get(most.toSeconds(), TimeUnit.SECONDS);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
    String[] parts = path.split("/", -1);
    try (exchange) {
      if (path.equals("invocation/next")) {
        next(exchange);
      } else if (parts.length == 3 && parts[0].equals("invocation")) {
        answer(exchange, parts[1], parts[2].equals("error"));
      } else if (path.equals("init/error")) {
        String said = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        open.values().forEach(call -> call.completeExceptionally(new IOException(said)));
        exchange.sendResponseHeaders(202, -1);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    Call call;
    try {
      call = calls.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", call.id());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(call.deadline().toEpochMilli()));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:eu-central-1:000000000000:function:worker");
    byte[] body = call.payload().getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private void answer(HttpExchange exchange, String id, boolean isError) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    CompletableFuture<Answer> call = open.remove(id);
    exchange.sendResponseHeaders(call == null ? 404 : 202, -1);
    if (call != null) {
      call.complete(new Answer(body, isError));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
