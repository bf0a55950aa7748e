package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.device.Deployments;
import io.edgewright.functions.core.device.Rollouts;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.Deployment.Gate;
import io.edgewright.functions.core.store.Deployment.Rollout;
import java.time.Duration;
import java.util.List;

/// `PUT /v1/deployments/{group}`: let the devices of a group run a compilation, at once or in
/// stages.
public final class Deploy
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private static final int MOST_STAGES = 20;

  /// 30 days.
  private static final int LONGEST_OBSERVATION = 2_592_000;

  private static final Gate USUAL_GATE = new Gate(10, 3, Duration.ofHours(1));

  private final Endpoint endpoint;
  private final Deployments deployments;
  private final Rollouts rollouts;

  Deploy(Endpoint endpoint, Deployments deployments, Rollouts rollouts) {
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
    String group = GroupPath.of(request);
    Fields fields = Fields.of(request);
    String compilation = fields.text("compilation", 64);
    Rollout rollout = rollout(fields);
    fields.end();
    Deployment deployment = deployments.deploy(group, compilation, rollout);
    return Answer.json(200, DeploymentDocument.of(rollouts.standing(deployment)))
        .about(compilation);
  }

  private static Rollout rollout(Fields fields) {
    if (!fields.has("stages") && !fields.has("gate")) {
      return Rollout.AT_ONCE;
    }
    List<Integer> stages = fields.rising("stages", MOST_STAGES, 100);
    return new Rollout(stages, fields.has("gate") ? gate(fields.within("gate")) : USUAL_GATE);
  }

  private static Gate gate(Fields fields) {
    Gate gate =
        new Gate(
            fields.whole("mostFailedPercent", 0, 100),
            fields.whole("leastReports", 1, 1_000_000),
            Duration.ofSeconds(fields.whole("observeSeconds", 0, LONGEST_OBSERVATION)));
    fields.noOthers();
    return gate;
  }
}
