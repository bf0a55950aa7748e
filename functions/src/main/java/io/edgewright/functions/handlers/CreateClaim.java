package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.device.Claims;
import io.edgewright.functions.core.device.Claims.NewClaim;

/// `POST /v1/claims`: the right to enrol one device into a group.
public final class CreateClaim
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Claims claims;

  CreateClaim(Endpoint endpoint, Claims claims) {
    this.endpoint = endpoint;
    this.claims = claims;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) {
    Fields fields = Fields.of(request);
    String group = fields.text("group", Fields.GROUP, Fields.GROUP_ALLOWED);
    fields.end();
    NewClaim claim = claims.make(group);
    return Answer.json(
        201,
        Json.object()
            .put("claim", claim.token())
            .put("group", claim.group())
            .put("expiresAt", claim.expiresAt().toString()));
  }
}
