package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.device.Deployments;
import io.edgewright.functions.core.device.Rollouts;
import io.edgewright.functions.core.store.Deployment;

/// `POST /v1/deployments/{group}/rollback`: let the devices of a group run what they ran before.
public final class RollBack
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Deployments deployments;
  private final Rollouts rollouts;

  RollBack(Endpoint endpoint, Deployments deployments, Rollouts rollouts) {
    this.endpoint = endpoint;
    this.deployments = deployments;
    this.rollouts = rollouts;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operatorOnce(event, this::answer);
  }

  private Answer answer(Request request) {
    Deployment deployment = deployments.rollBack(GroupPath.of(request));
    return Answer.json(200, DeploymentDocument.of(rollouts.standing(deployment)))
        .about(deployment.compilation());
  }
}
