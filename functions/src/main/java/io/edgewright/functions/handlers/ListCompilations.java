package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.compilation.Compilations;

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
    return PageAnswer.of(
        request, "compilations", compilations::newestFirst, CompilationDocument::of);
  }
}
