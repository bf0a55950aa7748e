package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Inspector;

/// `GET /v1/health`: whether the service answers, and with which compiler.
public final class GetHealth
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Inspector inspector;

  GetHealth(Endpoint endpoint, Inspector inspector) {
    this.endpoint = endpoint;
    this.inspector = inspector;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.open(event, this::answer);
  }

  private Answer answer(Request request) {
    return Answer.json(
        200, Json.object().put("status", "ok").put("compiler", inspector.compiler().toString()));
  }
}
