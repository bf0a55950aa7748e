package io.edgewright.functions.embedded;

import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.signature.DeviceSigner;
import io.edgewright.functions.embedded.ApiStatusTest.Case;
import io.edgewright.functions.embedded.CheckedClient.Call;
import java.time.Instant;
import java.util.List;

/// What provokes the statuses of the routes about devices and their keys.
final class DeviceStatusCases {
  private static final String LIST = "GET /v1/devices";
  private static final String ONE = "GET /v1/devices/{id}";
  private static final String REVOKE = "DELETE /v1/devices/{id}";
  private static final String ROTATE = "PUT /v1/devices/self/key";

  private final CheckedClient client;

  DeviceStatusCases(CheckedClient client) {
    this.client = client;
  }

  List<Case> all() {
    return List.of(
        new Case(LIST, 200, () -> list("?group=attic&limit=1")),
        new Case(LIST, 400, () -> list("?cursor=x").wrong()),
        new Case(LIST, 401, () -> list("").without("authorization").wrong()),
        new Case(ONE, 200, () -> one("GET", enrolled().id())),
        new Case(ONE, 401, () -> one("GET", "x").without("authorization").wrong()),
        new Case(ONE, 404, () -> one("GET", "nobody")),
        new Case(REVOKE, 204, () -> one("DELETE", enrolled().id())),
        new Case(REVOKE, 401, () -> one("DELETE", "x").without("authorization").wrong()),
        new Case(REVOKE, 404, () -> one("DELETE", "nobody")),
        new Case(ROTATE, 200, () -> rotate(new DeviceSigner())),
        new Case(ROTATE, 400, () -> signed(enrolled(), rotation("{}")).wrong()),
        new Case(ROTATE, 401, () -> unproven()),
        new Case(ROTATE, 409, () -> rotate(enrolled())),
        new Case(ROTATE, 413, () -> rotation("\"" + "x".repeat(7_000_000) + "\"").wrong()),
        new Case(
            ROTATE, 415, () -> signed(enrolled(), rotation("{}").body("text/plain", X)).wrong()));
  }

  private static final byte[] X = {'x'};

  private Call list(String query) {
    return client.operator("GET", "/v1/devices" + query);
  }

  private Call one(String method, String id) {
    return client.operator(method, "/v1/devices/" + id);
  }

  private DeviceSigner enrolled() {
    DeviceSigner device = new DeviceSigner();
    client.enrol(device, "attic", "x86-64-v3");
    return device;
  }

  private Call rotation(String body) {
    return client.open("PUT", "/v1/devices/self/key").json(body);
  }

  private Call signed(DeviceSigner device, Call call) {
    return client.signed(device, call, Instant.now());
  }

  private Call rotate(DeviceSigner next) {
    return client.rotation(enrolled(), next, Instant.now());
  }

  /// The new key's signature is missing.
  private Call unproven() {
    String key = Json.text(Json.object().set("publicKey", new DeviceSigner().jwk()));
    return signed(enrolled(), rotation(key));
  }
}
