package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.pages.ConsolePage;
import java.time.Clock;

/// `GET /`: the console.
public final class GetConsole
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Overview overview;
  private final Clock clock;

  GetConsole(Endpoint endpoint, Overview overview, Clock clock) {
    this.endpoint = endpoint;
    this.overview = overview;
    this.clock = clock;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.page(event, this::answer);
  }

  private Answer answer(Request request) {
    return Answer.page(
        200, ConsolePage.html(overview.console(request.query("cursor"), clock.instant())));
  }
}
