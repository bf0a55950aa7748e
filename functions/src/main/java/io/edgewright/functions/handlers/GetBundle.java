package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.compilation.Bundles;

/// `GET /v1/compilations/{id}/targets/{device}/bundle`: on to the signed address of the bundle.
public final class GetBundle
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Bundles bundles;

  GetBundle(Endpoint endpoint, Bundles bundles) {
    this.endpoint = endpoint;
    this.bundles = bundles;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) {
    return Answer.redirect(bundles.bundle(request.path("id"), request.path("device")));
  }
}
