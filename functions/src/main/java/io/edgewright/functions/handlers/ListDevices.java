package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.device.DeviceRegister;

/// `GET /v1/devices`: newest enrolment first, a page at a time, of one group if asked.
public final class ListDevices
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final DeviceRegister devices;

  ListDevices(Endpoint endpoint, DeviceRegister devices) {
    this.endpoint = endpoint;
    this.devices = devices;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) {
    return PageAnswer.of(
        request,
        "devices",
        (limit, cursor) -> devices.newestFirst(request.query("group"), limit, cursor),
        DeviceDocument::of);
  }
}
