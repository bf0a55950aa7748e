package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;

/// `POST /logout`: the end of a session.
public final class LogOut
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;

  LogOut(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.open(event, this::answer);
  }

  private Answer answer(Request request) {
    Sessions.checkOwnPage(request);
    return Answer.seeOther("/login").with("set-cookie", Sessions.end(request));
  }
}
