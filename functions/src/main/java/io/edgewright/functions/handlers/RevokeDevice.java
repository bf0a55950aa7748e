package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.device.DeviceRegister;

/// `DELETE /v1/devices/{id}`: shut a device out, from its next request on.
public final class RevokeDevice
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final DeviceRegister devices;

  RevokeDevice(Endpoint endpoint, DeviceRegister devices) {
    this.endpoint = endpoint;
    this.devices = devices;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) {
    devices.revoke(request.path("id"));
    return Answer.empty(204);
  }
}
