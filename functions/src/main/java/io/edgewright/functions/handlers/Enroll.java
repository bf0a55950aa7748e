package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.device.DeviceKey;
import io.edgewright.functions.core.device.Devices;
import io.edgewright.functions.core.device.Devices.Enrolled;
import io.edgewright.functions.core.device.Devices.Enrolling;
import java.util.List;

/// `POST /v1/enroll`: a device shows its claim and its key, and becomes one of the group.
public final class Enroll
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Devices devices;

  Enroll(Endpoint endpoint, Devices devices) {
    this.endpoint = endpoint;
    this.devices = devices;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.open(event, this::answer);
  }

  private Answer answer(Request request) {
    Fields fields = Fields.of(request);
    String claim = fields.text("claim", 200);
    ObjectNode key = fields.object("publicKey");
    String target = fields.text("target", 100);
    List<String> features = fields.words("features", 500, 64);
    String name = fields.text("name", 200);
    fields.end();
    Enrolled enrolled =
        devices.enrol(new Enrolling(claim, DeviceKey.of(key), target, features, name));
    ObjectNode document =
        Json.object()
            .put("deviceId", enrolled.device().id())
            .put("group", enrolled.device().group());
    document.set("root", Json.trusted(enrolled.root().json()));
    return Answer.json(201, document.put("pollSeconds", Devices.POLL.toSeconds()));
  }
}
