package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.compilation.Compilations;
import io.edgewright.functions.core.device.Deployments;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.pages.OneCompilationPage;
import io.edgewright.functions.pages.OneCompilationPage.View;
import java.io.IOException;
import java.time.Clock;

/// `GET /compilations/{id}`: one compilation, for people.
public final class GetCompilationPage
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Compilations compilations;
  private final Deployments deployments;
  private final Clock clock;

  GetCompilationPage(
      Endpoint endpoint, Compilations compilations, Deployments deployments, Clock clock) {
    this.endpoint = endpoint;
    this.compilations = compilations;
    this.deployments = deployments;
    this.clock = clock;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.page(event, this::answer);
  }

  private Answer answer(Request request) throws IOException {
    Compilation compilation = compilations.get(request.path("id"));
    return Answer.page(
        200,
        OneCompilationPage.html(
            new View(
                compilation,
                deployments.groupsOf(compilation),
                Json.parse(compilations.manifest(compilation)),
                clock.instant())));
  }
}
