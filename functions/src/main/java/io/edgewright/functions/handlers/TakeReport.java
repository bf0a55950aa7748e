package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.device.Devices;
import io.edgewright.functions.core.store.Device;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/// `POST /v1/devices/self/reports`: what became of a bundle on the device that reports, or how the
/// device is.
public final class TakeReport
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Devices devices;
  private final BiConsumer<Device, ObjectNode> reports;

  TakeReport(Endpoint endpoint, Devices devices, BiConsumer<Device, ObjectNode> reports) {
    this.endpoint = endpoint;
    this.devices = devices;
    this.reports = reports;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.device(event, this::answer);
  }

  private static final Pattern EVENT = Pattern.compile("activated|failed|rolled-back|health");

  private Answer answer(Request request, Device device) {
    Fields fields = Fields.of(request);
    fields.text("event", EVENT, "`activated`, `failed`, `rolled-back` or `health`");
    // A newer device may say more than this service knows.
    fields.endOpen();
    devices.report(device, fields.body());
    reports.accept(device, fields.body());
    return Answer.empty(204);
  }
}
