package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.device.Deployments;
import io.edgewright.functions.core.device.Rollouts;
import io.edgewright.functions.core.store.Deployment;

/// `GET /v1/deployments/{group}`: what a group runs, and how its roll-out stands.
public final class GetDeployment
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Deployments deployments;
  private final Rollouts rollouts;

  GetDeployment(Endpoint endpoint, Deployments deployments, Rollouts rollouts) {
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
    Deployment deployment = deployments.get(GroupPath.of(request));
    return EntityTag.answer(request, DeploymentDocument.of(rollouts.standing(deployment)));
  }
}
