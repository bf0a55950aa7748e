package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.compilation.Compilations;
import java.io.IOException;

/// `DELETE /v1/compilations/{id}`: stop it if it runs, and forget it with its bundles.
public final class DeleteCompilation
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Compilations compilations;

  DeleteCompilation(Endpoint endpoint, Compilations compilations) {
    this.endpoint = endpoint;
    this.compilations = compilations;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) throws IOException {
    compilations.delete(request.path("id"));
    return Answer.empty(204);
  }
}
