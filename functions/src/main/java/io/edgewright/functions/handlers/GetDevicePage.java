package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.compilation.Compilations;
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
  private final Compilations compilations;
  private final Clock clock;

  GetDevicePage(Endpoint endpoint, DeviceRegister devices, Compilations compilations, Clock clock) {
    this.endpoint = endpoint;
    this.devices = devices;
    this.compilations = compilations;
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
                compilations.deployedTo(device.group()),
                devices.reports(device, 50),
                clock.instant())));
  }
}
