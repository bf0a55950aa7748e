package io.edgewright.functions.aws.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.signature.DeviceSigner;
import io.edgewright.functions.handlers.Routes;
import io.edgewright.functions.handlers.Wiring;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events as API Gateway's REST API sends them.
class ApiCallTest {
  private static final String HOST = "abc.execute-api.eu-central-1.amazonaws.com";

  @TempDir Path folder;
  private StandIns ports;
  private Wiring wiring;

  @BeforeEach
  void open() throws IOException {
    ports = new StandIns(folder);
    wiring = new Wiring(ports.ports());
  }

  @AfterEach
  void close() {
    ports.close();
  }

  private static APIGatewayProxyRequestEvent event(String method, String path) {
    return new APIGatewayProxyRequestEvent()
        .withHttpMethod(method)
        .withPath(path)
        .withResource("/{proxy+}")
        .withPathParameters(Map.of("proxy", path.substring(1)))
        .withHeaders(Map.of("Host", HOST))
        .withRequestContext(new ProxyRequestContext().withRequestId("r1").withPath("/prod" + path))
        .withIsBase64Encoded(false);
  }

  private static APIGatewayProxyRequestEvent byOperator(APIGatewayProxyRequestEvent event) {
    event
        .getRequestContext()
        .setIdentity(new RequestIdentity().withUserArn("arn:aws:iam::123456789012:user/ann"));
    return event;
  }

  private static APIGatewayProxyResponseEvent call(
      Routes routes, APIGatewayProxyRequestEvent event) {
    return ApiCall.handle(routes, event, new OneCall("r1", 29_000));
  }

  private APIGatewayProxyResponseEvent callOperators(APIGatewayProxyRequestEvent event) {
    return call(wiring.operatorRoutes(), event);
  }

  private APIGatewayProxyResponseEvent callDevices(APIGatewayProxyRequestEvent event) {
    return call(wiring.routesForDevices(), event);
  }

  private static JsonNode json(APIGatewayProxyResponseEvent answer) throws IOException {
    return Json.parse(answer.getBody().getBytes(UTF_8));
  }

  @Test
  void answersOperatorsWhomTheGatewayChecked() throws IOException {
    var answer = callOperators(byOperator(event("GET", "/v1/compilations")));
    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(json(answer).path("compilations").isArray()).isTrue();
  }

  @Test
  void refusesWhomTheGatewayDidNotCheck() throws IOException {
    var answer = callOperators(event("GET", "/v1/compilations"));
    assertThat(answer.getStatusCode()).isEqualTo(401);
    assertThat(json(answer).path("code").asText()).isEqualTo("EW-4008");
    var bearer = event("GET", "/v1/compilations").withHeaders(Map.of("Authorization", "Bearer "));
    assertThat(callOperators(bearer).getStatusCode()).isEqualTo(401);
  }

  @Test
  void findsTheRouteAndItsParametersByThePath() throws IOException {
    var answer = callOperators(byOperator(event("GET", "/v1/compilations/" + "0".repeat(64))));
    assertThat(json(answer).path("code").asText()).isEqualTo("EW-4010");
  }

  @Test
  void saysWhichAddressesAndMethodsThereAre() throws IOException {
    assertThat(json(callOperators(byOperator(event("GET", "/v1/none")))).path("code").asText())
        .isEqualTo("EW-4001");
    var answer = callOperators(byOperator(event("DELETE", "/v1/compilations")));
    assertThat(answer.getStatusCode()).isEqualTo(405);
    assertThat(answer.getHeaders().get("allow")).isEqualTo("POST, GET");
  }

  /// Browsers cannot sign, and devices and operators have no business with each other's routes.
  @Test
  void keepsPagesAndTheOtherSidesRoutesOut() {
    assertThat(callOperators(byOperator(event("GET", "/"))).getStatusCode()).isEqualTo(404);
    assertThat(callOperators(byOperator(event("POST", "/v1/enroll"))).getStatusCode())
        .isEqualTo(404);
    assertThat(callDevices(byOperator(event("GET", "/v1/devices"))).getStatusCode()).isEqualTo(404);
  }

  @Test
  void readsBodiesThatTheGatewayEncoded() throws IOException {
    assertThat(newClaim()).isNotEmpty();
  }

  private String newClaim() throws IOException {
    String body = Base64.getEncoder().encodeToString("{\"group\":\"lobby\"}".getBytes(UTF_8));
    var answer =
        callOperators(
            byOperator(event("POST", "/v1/claims"))
                .withHeaders(Map.of("content-type", "application/json"))
                .withBody(body)
                .withIsBase64Encoded(true));
    assertThat(answer.getStatusCode()).isEqualTo(201);
    return json(answer).path("claim").asText();
  }

  private DeviceSigner enrolled() throws IOException {
    DeviceSigner device = new DeviceSigner();
    String body =
        "{\"claim\":\"%s\",\"publicKey\":%s,\"target\":\"x86-64-v3\",\"name\":\"n\"}"
            .formatted(newClaim(), device.jwk());
    var answer =
        callDevices(
            event("POST", "/v1/enroll")
                .withHeaders(Map.of("Host", HOST, "Content-Type", "application/json"))
                .withBody(body));
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(201);
    return device;
  }

  private static Map<String, String> signed(DeviceSigner device, String path, String query) {
    return device.headers("GET", HOST, path, query, new byte[0], Instant.now());
  }

  private int desired(Map<String, String> headers) {
    var event = event("GET", "/v1/devices/self/desired");
    var all = new HashMap<>(headers);
    all.put("Host", HOST);
    return callDevices(event.withHeaders(all)).getStatusCode();
  }

  /// A device signs the address that it uses, and that has the stage in it.
  @Test
  void checksTheSignatureOfTheAddressThatTheDeviceUsed() throws IOException {
    DeviceSigner device = enrolled();
    assertThat(desired(signed(device, "/prod/v1/devices/self/desired", "?"))).isEqualTo(200);
    assertThat(desired(signed(device, "/v1/devices/self/desired", "?"))).isEqualTo(401);
    assertThat(desired(signed(device, "/prod/v1/devices/self/desired", "?x=1"))).isEqualTo(401);
  }

  /// RFC 9421 joins the values of a header that comes more than once; an event has the last alone
  /// beside all of them.
  @Test
  void readsHeadersThatCameMoreThanOnce() throws IOException {
    DeviceSigner device = enrolled();
    var headers = signed(device, "/prod/v1/devices/self/desired", "?");
    var event =
        event("GET", "/v1/devices/self/desired")
            .withHeaders(Map.of("Host", HOST, "Signature", "other=:AAAA:"))
            .withMultiValueHeaders(
                Map.of(
                    "Host",
                    List.of(HOST),
                    "Signature-Input",
                    List.of(headers.getOrDefault("signature-input", "")),
                    "Signature",
                    List.of(headers.getOrDefault("signature", ""), "other=:AAAA:")));
    assertThat(callDevices(event).getStatusCode()).isEqualTo(200);
  }

  /// The role of this function cannot sign.
  @Test
  void servesDevicesWithoutSigningAnything() throws IOException {
    DeviceSigner device = enrolled();
    ports.forbidSigning();
    assertThat(desired(signed(device, "/prod/v1/devices/self/desired", "?"))).isEqualTo(200);
    DeviceSigner second = enrolled();
    assertThat(second.id()).isNotEqualTo(device.id());
  }
}
