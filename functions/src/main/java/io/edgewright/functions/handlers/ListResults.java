package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.results.Results;
import io.edgewright.functions.core.store.DeviceResult;
import io.edgewright.functions.core.store.DeviceResult.Kind;
import io.edgewright.functions.core.store.ResultStore.Condition;
import io.edgewright.functions.core.store.ResultStore.Received;
import java.util.Arrays;

/// `GET /v1/results`: what devices found, in the order in which it came, a page at a time.
public final class ListResults
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Results results;

  ListResults(Endpoint endpoint, Results results) {
    this.endpoint = endpoint;
    this.results = results;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) {
    Condition condition =
        new Condition(
            request.query("device"),
            request.query("model"),
            request.query("kind").map(ListResults::kind));
    return PageAnswer.of(
        request,
        "results",
        (limit, cursor) -> results.list(condition, limit, cursor),
        ListResults::document);
  }

  private static Kind kind(String word) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new ServiceException(
                ServiceErrorCode.PARAMETER_INVALID,
                "the parameter `kind`",
                "`" + word + "`",
                "`sample` or `counters`",
                "correct it, or leave it out for both"));
  }

  private static ObjectNode document(Received received) {
    DeviceResult result = received.result();
    ObjectNode document =
        Json.object().put("device", result.device()).put("receivedAt", received.at().toString());
    document
        .putObject("record")
        .put("sequence", result.sequence())
        .put("kind", result.kind().word())
        .put("at", result.at().toString())
        .put("model", result.model())
        .put("bundle", result.bundle().toString())
        .set(result.kind().member(), Json.trusted(result.content()));
    return document;
  }
}
