package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.device.DeviceRegister;
import io.edgewright.functions.pages.DevicesPage;
import java.time.Clock;
import java.util.Optional;

/// `GET /devices`: devices with what they reported last, for people.
public final class GetDevicesPage
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final DeviceRegister devices;
  private final Clock clock;

  GetDevicesPage(Endpoint endpoint, DeviceRegister devices, Clock clock) {
    this.endpoint = endpoint;
    this.devices = devices;
    this.clock = clock;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.page(event, this::answer);
  }

  private Answer answer(Request request) {
    Optional<String> cursor = request.query("cursor");
    return Answer.page(
        200,
        DevicesPage.html(
            PageAnswer.page(
                (limit, from) -> devices.newestFirst(Optional.empty(), limit, from), 50, cursor),
            cursor.isEmpty(),
            clock.instant()));
  }
}
