package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.pages.ApiFile;

/// `GET /v1/openapi.yaml`: the API, for programs.
public final class GetApiFile
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;

  GetApiFile(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.open(event, this::answer);
  }

  private Answer answer(Request request) {
    return Answer.text(200, "application/yaml", ApiFile.text());
  }
}
