package io.edgewright.functions.embedded.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.sun.net.httpserver.HttpExchange;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.handlers.ProblemDocument;
import io.edgewright.functions.handlers.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One request and its answer, as little of the JDK's exchange as the routes need.
final class Exchange {
  /// What is read of a body that nobody wants, so that its sender gets to see the answer. A little
  /// more than the largest model.
  private static final long MOST_DRAINED = 600L << 20;

  private final HttpExchange exchange;
  private int status;

  Exchange(HttpExchange exchange) {
    this.exchange = exchange;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  String path() {
    return exchange.getRequestURI().getRawPath();
  }

  /// The status that was answered, 0 before.
  int status() {
    return status;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name, String.join(", ", values)));
    return headers;
  }

  /// The parameters of the query, decoded.
  Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    String text = exchange.getRequestURI().getRawQuery();
    for (String term : text == null || text.isEmpty() ? new String[0] : text.split("&", -1)) {
      int equals = term.indexOf('=');
      String name = equals < 0 ? term : term.substring(0, equals);
      query.put(Routes.decode(name), equals < 0 ? "" : Routes.decode(term.substring(equals + 1)));
    }
    return query;
  }

  InputStream body() {
    return exchange.getRequestBody();
  }

  void answerHeader(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  /// Sends status and headers. The length is that of the body to come; none is sent for 0.
  OutputStream answer(int code, long length) throws IOException {
    status = code;
    exchange.sendResponseHeaders(code, length == 0 ? -1 : length);
    return exchange.getResponseBody();
  }

  void answer(int code, byte[] body) throws IOException {
    OutputStream out = answer(code, body.length);
    out.write(body);
    out.flush();
  }

  void answer(ServiceException problem) throws IOException {
    answer(ProblemDocument.event(header("Accept").orElse(""), problem.problems()));
  }

  /// What a handler answered.
  void answer(APIGatewayProxyResponseEvent answer) throws IOException {
    answer.getHeaders().forEach(this::answerHeader);
    answer(answer.getStatusCode(), answer.getBody().getBytes(StandardCharsets.UTF_8));
  }

  /// Ends the exchange. A client that is still sending reads the answer only after it has sent all.
  void close() throws IOException {
    try (exchange) {
      InputStream body = exchange.getRequestBody();
      byte[] buffer = new byte[1 << 16];
      long drained = 0;
      for (int read = body.read(buffer); read >= 0 && drained < MOST_DRAINED; ) {
        drained += read;
        read = body.read(buffer);
      }
    }
  }
}
