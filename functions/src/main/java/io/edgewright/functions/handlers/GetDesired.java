package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.device.Devices;
import io.edgewright.functions.core.device.Devices.Desired;
import io.edgewright.functions.core.store.Device;

/// `GET /v1/devices/self/desired`: what the device that asks should run.
public final class GetDesired
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Devices devices;

  GetDesired(Endpoint endpoint, Devices devices) {
    this.endpoint = endpoint;
    this.devices = devices;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.device(event, this::answer);
  }

  private Answer answer(Request request, Device device) {
    int root = Parameters.whole(request, "rootVersion", 0, 0, Integer.MAX_VALUE - 1);
    Desired desired = devices.desired(device, root);
    ObjectNode metadata = MetadataDocument.of(desired.metadata());
    // The address differs each time; what it leads to is named by the metadata.
    String tag = EntityTag.of(metadata);
    if (EntityTag.isKnown(request, tag)) {
      return Answer.empty(304).with("etag", tag);
    }
    ObjectNode document = Json.object();
    document.set("metadata", metadata);
    document.putNull("bundle");
    desired
        .bundle()
        .ifPresent(bundle ->
            document
                .putObject("bundle")
                .put("path", bundle.path())
                .put("url", bundle.address().toString()));
    return Answer.json(200, document).with("etag", tag);
  }
}
