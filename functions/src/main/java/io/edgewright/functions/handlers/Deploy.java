package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.device.Deployments;
import io.edgewright.functions.core.store.Deployment;

/// `PUT /v1/deployments/{group}`: let the devices of a group run a compilation.
public final class Deploy
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Deployments deployments;

  Deploy(Endpoint endpoint, Deployments deployments) {
    this.endpoint = endpoint;
    this.deployments = deployments;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) {
    String group = request.path("group");
    if (!Fields.GROUP.matcher(group).matches()) {
      throw new ServiceException(
          ServiceErrorCode.PARAMETER_INVALID,
          "the group in the address",
          "`" + group + "`",
          Fields.GROUP_ALLOWED,
          "take the name that the claims of its devices were made for");
    }
    Fields fields = Fields.of(request);
    String compilation = fields.text("compilation", 64);
    fields.end();
    Deployment deployment = deployments.deploy(group, compilation);
    return Answer.json(
            200,
            Json.object()
                .put("group", deployment.group())
                .put("compilation", deployment.compilation())
                .put("at", deployment.at().toString()))
        .about(compilation);
  }
}
