package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.pages.DeploymentsPage;
import java.time.Clock;
import java.util.Optional;

/// `GET /deployments`: what each group runs, for people.
public final class GetDeploymentsPage
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Overview overview;
  private final Clock clock;

  GetDeploymentsPage(Endpoint endpoint, Overview overview, Clock clock) {
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
    Optional<String> cursor = request.query("cursor");
    return Answer.page(200, DeploymentsPage.html(overview.deployments(cursor), clock.instant()));
  }
}
