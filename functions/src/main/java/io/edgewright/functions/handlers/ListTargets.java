package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Inspector;

/// `GET /v1/targets`: what this service compiles for.
public final class ListTargets
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Inspector inspector;

  ListTargets(Endpoint endpoint, Inspector inspector) {
    this.endpoint = endpoint;
    this.inspector = inspector;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.open(event, this::answer);
  }

  private Answer answer(Request request) {
    ObjectNode document = Json.object();
    ArrayNode list = document.putArray("targets");
    inspector.targets().forEach(target -> list.add(target.figures()));
    return Answer.json(200, document);
  }
}
