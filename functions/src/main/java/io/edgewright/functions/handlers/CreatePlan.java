package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.compilation.Plans;
import java.io.IOException;

/// `POST /v1/plans`: what compiling a model would give, for every target of a manifest.
public final class CreatePlan
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Plans plans;

  CreatePlan(Endpoint endpoint, Plans plans) {
    this.endpoint = endpoint;
    this.plans = plans;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, request -> Answer.json(200, new Planned().answer(request)));
  }

  private final class Planned implements ModelRequest<ObjectNode> {
    @Override
    public ObjectNode inOneRequest(byte[] manifest, byte[] model) {
      return plans.plan(manifest, model);
    }

    @Override
    public ObjectNode ofAnUpload(byte[] manifest, Digest model) throws IOException {
      return plans.plan(manifest, model);
    }
  }
}
