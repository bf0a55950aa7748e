package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.device.Deployments;
import io.edgewright.functions.core.device.Rollouts;

/// `GET /v1/deployments`: what each group runs, by the names of the groups, a page at a time.
public final class ListDeployments
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Deployments deployments;
  private final Rollouts rollouts;

  ListDeployments(Endpoint endpoint, Deployments deployments, Rollouts rollouts) {
    this.endpoint = endpoint;
    this.deployments = deployments;
    this.rollouts = rollouts;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) {
    return PageAnswer.of(
        request,
        "deployments",
        deployments::byGroup,
        deployment -> DeploymentDocument.of(rollouts.standing(deployment)));
  }
}
