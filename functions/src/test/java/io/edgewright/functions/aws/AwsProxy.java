package io.edgewright.functions.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.SdkBytes;

/// Stands between the SDK and a server for AWS's protocols. It hands requests on one at a time,
/// because such servers do not take care that a write is atomic; it knows transactions again by
/// their token, as DynamoDB does and they do not; and it does to requests what can go wrong on the
/// way, once to each.
public final class AwsProxy implements AutoCloseable {
  private static final Set<String> OWN_HEADERS =
      Set.of("host", "connection", "content-length", "expect", "transfer-encoding", "upgrade");

  private final HttpServer server;
  private final URI dynamo;
  private final URI others;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Reply> transactions = new HashMap<>();
  private final Set<String> disturbed = new HashSet<>();
  private final Set<String> used = new TreeSet<>();
  private Fault fault = Fault.NONE;

  /// What becomes of a request when it comes for the first time.
  enum Fault {
    NONE,
    /// There are too many requests.
    THROTTLED,
    /// The service fails before it does anything.
    SERVICE_FAULT,
    /// Another write to the same place is under way.
    COLLISION,
    /// The connection breaks before anything is done.
    LOST_REQUEST,
    /// It is done, and the answer does not arrive.
    LOST_REPLY
  }

  /// @param dynamo serves DynamoDB
  /// @param others serves S3, KMS and Step Functions
  public AwsProxy(URI dynamo, URI others) throws IOException {
    this.dynamo = dynamo;
    this.others = others;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// From now on every request meets this when it comes for the first time.
  synchronized void disturb(Fault wanted) {
    fault = wanted;
    disturbed.clear();
  }

  /// What was done since the last time that somebody asked, in the words of IAM.
  public synchronized Set<String> takeUsed() {
    Set<String> taken = new TreeSet<>(used);
    used.clear();
    return taken;
  }

  private record Asked(
      String method,
      String path,
      Map<String, List<String>> headers,
      String operation,
      SdkBytes body) {
    static Asked of(HttpExchange exchange) throws IOException {
      return new Asked(
          exchange.getRequestMethod(),
          exchange.getRequestURI().toString(),
          exchange.getRequestHeaders(),
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target")).orElse(""),
          SdkBytes.fromInputStream(exchange.getRequestBody()));
    }

    /// What tells a transaction from all others; empty for everything else.
    String token() throws IOException {
      return operation.endsWith("TransactWriteItems")
          ? Json.parse(body.asByteArray()).path("ClientRequestToken").asText()
          : "";
    }

    /// Tells a request from others, but not from itself when it comes again. A body for S3 is no
    /// help: it has signatures inside, others each time.
    String line() {
      return operation.isEmpty()
          ? method + " " + path
          : operation + " " + Digest.of(body.asByteArray());
    }

    boolean isForDynamo() {
      return operation.startsWith("DynamoDB");
    }

    HttpRequest request(URI target) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(target.resolve(path))
              .method(method, HttpRequest.BodyPublishers.ofByteArray(body.asByteArray()));
      headers.forEach((name, values) -> {
        if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
          values.forEach(value -> request.header(name, value));
        }
      });
      return request.build();
    }
  }

  private record Reply(int status, Map<String, List<String>> headers, SdkBytes body) {
    static Reply of(HttpResponse<byte[]> response) {
      return new Reply(
          response.statusCode(), response.headers().map(), SdkBytes.fromByteArray(response.body()));
    }

    /// As S3 says it, or as the services do that speak JSON.
    static Reply refusal(Asked asked, int status, String s3, String other) {
      String body =
          asked.operation().isEmpty()
              ? "<Error><Code>" + s3 + "</Code><Message>m</Message></Error>"
              : "{\"__type\":\"com.amazonaws#" + other + "\",\"message\":\"m\"}";
      return new Reply(
          status, Map.of(), SdkBytes.fromUtf8String(asked.method().equals("HEAD") ? "" : body));
    }

    void send(HttpExchange exchange) throws IOException {
      headers.forEach((name, values) -> {
        if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
          exchange.getResponseHeaders().put(name, values);
        }
      });
      // An answer to HEAD has the length of a body that it has not.
      Optional.ofNullable(headers.get("content-length"))
          .ifPresent(length -> exchange.getResponseHeaders().put("Content-Length", length));
      byte[] bytes = body.asByteArray();
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<Reply> reply = reply(Asked.of(exchange));
      if (reply.isPresent()) {
        reply.get().send(exchange);
      }
    }
  }

  /// Empty where none shall arrive.
  private synchronized Optional<Reply> reply(Asked asked) throws IOException {
    used.addAll(
        UsedActions.of(
            asked.operation(), asked.method(), asked.path(), asked.body().asByteArray()));
    Fault now = disturbed.add(asked.line()) ? fault : Fault.NONE;
    return switch (now) {
      case NONE -> Optional.of(forward(asked));
      case THROTTLED -> Optional.of(throttled(asked));
      case SERVICE_FAULT ->
          Optional.of(Reply.refusal(asked, 500, "InternalError", "InternalServerError"));
      case COLLISION -> Optional.of(collision(asked));
      case LOST_REQUEST -> Optional.empty();
      case LOST_REPLY -> {
        var _ = forward(asked);
        yield Optional.empty();
      }
    };
  }

  private static Reply throttled(Asked asked) throws IOException {
    if (asked.operation().endsWith("BatchGetItem")) {
      ObjectNode body = Json.object();
      body.putObject("Responses");
      body.set("UnprocessedKeys", Json.parse(asked.body().asByteArray()).required("RequestItems"));
      return new Reply(200, Map.of(), SdkBytes.fromUtf8String(Json.text(body)));
    }
    return Reply.refusal(
        asked,
        asked.operation().isEmpty() ? 503 : 400,
        "SlowDown",
        asked.isForDynamo() ? "ProvisionedThroughputExceededException" : "ThrottlingException");
  }

  /// Reads collide with nothing.
  private Reply collision(Asked asked) throws IOException {
    return switch (asked.operation().replace("DynamoDB_20120810.", "")) {
      case "TransactWriteItems" -> {
        ObjectNode body = Json.object().put("__type", "com.amazonaws#TransactionCanceledException");
        body.putArray("CancellationReasons").addObject().put("Code", "TransactionConflict");
        yield new Reply(400, Map.of(), SdkBytes.fromUtf8String(Json.text(body)));
      }
      case "PutItem", "UpdateItem", "DeleteItem" ->
          Reply.refusal(asked, 400, "", "TransactionConflictException");
      case "" ->
          asked.method().equals("PUT")
              ? Reply.refusal(asked, 409, "ConditionalRequestConflict", "")
              : forward(asked);
      default -> forward(asked);
    };
  }

  private Reply forward(Asked asked) throws IOException {
    String token = asked.token();
    Reply known = transactions.get(token);
    if (known != null) {
      return known;
    }
    try {
      Reply reply =
          Reply.of(
              client.send(
                  asked.request(asked.isForDynamo() ? dynamo : others),
                  HttpResponse.BodyHandlers.ofByteArray()));
      if (!token.isEmpty() && reply.status() == 200) {
        transactions.put(token, reply);
      }
      return reply;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
