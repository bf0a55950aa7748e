package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.compilation.Compilations;
import io.edgewright.functions.core.store.CompilationPage;

/// `GET /v1/compilations`: newest first, a page at a time.
public final class ListCompilations
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Compilations compilations;

  ListCompilations(Endpoint endpoint, Compilations compilations) {
    this.endpoint = endpoint;
    this.compilations = compilations;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) {
    int limit = Parameters.whole(request, "limit", 20, 1, 100);
    CompilationPage page = compilations.newestFirst(limit, request.query("cursor"));
    ObjectNode document = Json.object();
    ArrayNode list = document.putArray("compilations");
    page.compilations().forEach(compilation -> list.add(CompilationDocument.of(compilation)));
    document.put("next", page.next().orElse(null));
    return Answer.json(200, document);
  }
}
