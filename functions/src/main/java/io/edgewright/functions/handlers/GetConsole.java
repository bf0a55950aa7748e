package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.compilation.Compilations;
import io.edgewright.functions.core.device.DeviceRegister;
import io.edgewright.functions.core.store.Inspector;
import io.edgewright.functions.pages.ConsolePage;
import io.edgewright.functions.pages.ConsolePage.View;
import java.time.Clock;
import java.util.Optional;

/// `GET /`: the console.
public final class GetConsole
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Compilations compilations;
  private final DeviceRegister devices;
  private final Inspector inspector;
  private final Clock clock;

  GetConsole(
      Endpoint endpoint,
      Compilations compilations,
      DeviceRegister devices,
      Inspector inspector,
      Clock clock) {
    this.endpoint = endpoint;
    this.compilations = compilations;
    this.devices = devices;
    this.inspector = inspector;
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
        ConsolePage.html(
            new View(
                PageAnswer.page(compilations::newestFirst, 20, cursor),
                cursor.isEmpty(),
                inspector.targets(),
                devices.newestFirst(Optional.empty(), 5, Optional.empty()).items(),
                clock.instant())));
  }
}
