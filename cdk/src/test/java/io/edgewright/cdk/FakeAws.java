package io.edgewright.cdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// The few calls of CloudFormation, DynamoDB, KMS and S3 that deploying and destroying make, in
/// this process.
final class FakeAws implements AutoCloseable {
  /// What a call is answered with.
  record Reply(int status, String body) {
    static Reply ok(String body) {
      return new Reply(200, body);
    }
  }

  private final HttpServer server;
  private final FakeCloudFormation cloudFormation = new FakeCloudFormation();
  private final FakeDynamo dynamo = new FakeDynamo();
  private final FakeKms kms = new FakeKms();
  private final FakeS3 s3 = new FakeS3();

  FakeAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  FakeCloudFormation cloudFormation() {
    return cloudFormation;
  }

  FakeKms kms() {
    return kms;
  }

  FakeS3 s3() {
    return s3;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private synchronized Reply reply(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (body.startsWith("Action=DescribeStacks")) {
      return cloudFormation.answer();
    }
    if (target == null) {
      return s3.answer(exchange.getRequestMethod(), exchange.getRequestURI(), body);
    }
    String action = target.substring(target.indexOf('.') + 1);
    return target.startsWith("DynamoDB") ? dynamo.answer(action, body) : kms.answer(action, body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
