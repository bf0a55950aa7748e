package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.device.DeviceKey;
import io.edgewright.functions.core.device.DeviceRegister;
import io.edgewright.functions.core.signature.DeviceRequests;
import io.edgewright.functions.core.store.Device;

/// `PUT /v1/devices/self/key`: from now on the device signs with another key. The request is signed
/// twice, with the key that it has and, under the label `edgewright-next`, with the one to come.
public final class RotateKey
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final DeviceRequests signatures;
  private final DeviceRegister devices;

  RotateKey(Endpoint endpoint, DeviceRequests signatures, DeviceRegister devices) {
    this.endpoint = endpoint;
    this.signatures = signatures;
    this.devices = devices;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.device(event, this::answer);
  }

  private Answer answer(Request request, Device device) {
    Fields fields = Fields.of(request);
    ObjectNode jwk = fields.object("publicKey");
    fields.end();
    DeviceKey next = DeviceKey.of(jwk);
    if (!next.thumbprint().equals(device.key().id())) {
      signatures.checkNextKey(request.signed(), next);
      devices.rotate(device, next);
    }
    return Answer.json(
        200, Json.object().put("deviceId", device.id()).put("keyId", next.thumbprint()));
  }
}
