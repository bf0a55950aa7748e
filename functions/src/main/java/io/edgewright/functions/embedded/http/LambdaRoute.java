package io.edgewright.functions.embedded.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.handlers.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/// From an HTTP request to a handler and back, with the limits of API Gateway and Lambda: what
/// works here works there.
final class LambdaRoute {
  /// A body on API Gateway.
  static final int MOST_BODY_BYTES = 10 << 20;

  /// A synchronous event on Lambda: 6 MB, of which some is not the body.
  static final int MOST_EVENT_BYTES = 6_291_556 - 16_384;

  private LambdaRoute() {}

  static void handle(Exchange exchange, Route route, Map<String, String> parameters)
      throws IOException {
    var event =
        new APIGatewayProxyRequestEvent()
            .withHttpMethod(exchange.method())
            .withPath(exchange.path())
            .withResource(route.template())
            .withHeaders(exchange.headers())
            .withPathParameters(parameters)
            .withQueryStringParameters(exchange.query())
            .withRequestContext(
                new APIGatewayProxyRequestEvent.ProxyRequestContext()
                    .withRequestId(UUID.randomUUID().toString()));
    addBody(event, exchange);
    exchange.answer(route.handler().handleRequest(event, NoContext.INSTANCE));
  }

  private static void addBody(APIGatewayProxyRequestEvent event, Exchange exchange)
      throws IOException {
    byte[] body = exchange.body().readNBytes(MOST_BODY_BYTES + 1);
    String type = exchange.header("Content-Type").orElse("");
    boolean isText = type.startsWith("application/json") || type.startsWith("text/");
    String carried =
        isText
            ? new String(body, StandardCharsets.UTF_8)
            : Base64.getEncoder().encodeToString(body);
    if (body.length > MOST_BODY_BYTES || carried.length() > MOST_EVENT_BYTES) {
      throw tooLarge(exchange, isText ? MOST_EVENT_BYTES : MOST_EVENT_BYTES / 4 * 3);
    }
    if (body.length > 0) {
      event.withBody(carried).withIsBase64Encoded(!isText);
    }
  }

  private static ServiceException tooLarge(Exchange exchange, int most) {
    String seen =
        exchange
            .header("Content-Length")
            .map(length -> length + " bytes")
            .orElse("more than " + most + " bytes");
    return new ServiceException(
        ServiceErrorCode.BODY_TOO_LARGE,
        "the body",
        seen,
        "at most " + most + " bytes",
        "send the model by itself: `POST /v1/models` with its digest gives an address to PUT it"
            + " to, then `POST /v1/compilations` with `{\"model\": \"sha256:...\", \"manifest\":"
            + " {...}}`");
  }
}
