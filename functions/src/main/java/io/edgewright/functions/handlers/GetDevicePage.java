package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.device.Deployments;
import io.edgewright.functions.core.device.DeviceRegister;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.pages.OneDevicePage;
import io.edgewright.functions.pages.OneDevicePage.View;
import java.time.Clock;

/// `GET /devices/{id}`: one device, for people.
public final class GetDevicePage
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final DeviceRegister devices;
  private final Deployments deployments;
  private final Clock clock;

  GetDevicePage(Endpoint endpoint, DeviceRegister devices, Deployments deployments, Clock clock) {
    this.endpoint = endpoint;
    this.devices = devices;
    this.deployments = deployments;
    this.clock = clock;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.page(event, this::answer);
  }

  private Answer answer(Request request) {
    Device device = devices.get(request.path("id")).device();
    return Answer.page(
        200,
        OneDevicePage.html(
            new View(
                device,
                deployments.meantFor(device),
                devices.reports(device, 50),
                clock.instant())));
  }
}
