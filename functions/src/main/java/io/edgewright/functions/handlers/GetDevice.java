package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.device.DeviceRegister;

/// `GET /v1/devices/{id}`: one device and the last that was heard of it.
public final class GetDevice
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final DeviceRegister devices;

  GetDevice(Endpoint endpoint, DeviceRegister devices) {
    this.endpoint = endpoint;
    this.devices = devices;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) {
    return Answer.json(200, DeviceDocument.of(devices.get(request.path("id"))));
  }
}
