package io.edgewright.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lambda's side of its Runtime API (AWS Lambda Developer Guide, "Using the Lambda runtime API for
/// custom runtimes"), on loopback, for one function.
final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";

  /// How long a function may take until it asks for its first call, and to answer beyond its time.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();
  private final CompletableFuture<Answer> end = new CompletableFuture<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /// @param most how long it may take, from when the function takes it
  private record Call(String id, String payload, Duration most) {}

  /// @param body of an error: `errorType`, by which Step Functions knows it, and `errorMessage`
  record Answer(String body, boolean isError) {}

  /// The function takes no calls any more, or never did.
  static final class FunctionEnded extends IOException {
    private static final long serialVersionUID = 1;

    FunctionEnded(String why) {
      super(why);
    }
  }

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext(PREFIX, this::serve);
    server.start();
  }

  /// What `AWS_LAMBDA_RUNTIME_API` is.
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// One call, and what came of it.
  ///
  /// @throws FunctionEnded as soon as it is known, before the call or while it waits
  Answer call(String payload, Duration most)
      throws FunctionEnded, InterruptedException, TimeoutException {
    String id = UUID.randomUUID().toString();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    open.put(id, answer);
    calls.put(new Call(id, payload, most));
    try {
      return answer
          .applyToEither(end, first -> first)
          .get(PATIENCE.plus(most).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new FunctionEnded(requireNonNull(requireNonNull(e.getCause()).getMessage()));
    }
  }

  /// Calls that wait fail with this text, and so do later ones. The first end counts: a function
  /// that cannot be initialised says so and then exits.
  void end(String why) {
    end.completeExceptionally(new FunctionEnded(why));
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
        end("the function cannot be initialised: " + body(exchange));
        exchange.sendResponseHeaders(202, -1);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), UTF_8);
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
    headers.set(
        "Lambda-Runtime-Deadline-Ms",
        Long.toString(Instant.now().plus(call.most()).toEpochMilli()));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:eu-central-1:000000000000:function:worker");
    byte[] body = call.payload().getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private void answer(HttpExchange exchange, String id, boolean isError) throws IOException {
    String body = body(exchange);
    CompletableFuture<Answer> call = open.remove(id);
    exchange.sendResponseHeaders(call == null ? 404 : 202, -1);
    if (call != null) {
      call.complete(new Answer(body, isError));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
