package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.compilation.Compilations;

/// `POST /v1/compilations/{id}/cancel`: stop it, and keep what is done.
public final class CancelCompilation
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Compilations compilations;

  CancelCompilation(Endpoint endpoint, Compilations compilations) {
    this.endpoint = endpoint;
    this.compilations = compilations;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) {
    return Answer.json(200, CompilationDocument.of(compilations.cancel(request.path("id"))));
  }
}
