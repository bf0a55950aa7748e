package io.edgewright.functions.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.signature.DeviceSigner;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What each function does on AWS, which is what the stack must let it do, and no more.
@Tag("localstack")
class UsedPermissionsTest extends DeployedHereCases {
  @Test
  void ofTheWorkflow() throws Exception {
    var _ = service().compiled();
    assertThat(service().used("inspect"))
        .containsExactly(
            "dynamodb:GetItem compilations",
            "dynamodb:UpdateItem compilations",
            "s3:GetObject manifests/",
            "s3:GetObject models/",
            "s3:PutObject models/jobs/");
    assertThat(service().used("compile"))
        .containsExactly(
            "s3:GetObject models/", "s3:GetObject models/jobs/", "s3:PutObject staging/");
    assertThat(service().used("verify")).containsExactly("s3:GetObject staging/");
    assertThat(service().used("publish"))
        .containsExactly(
            "dynamodb:GetItem compilations",
            "dynamodb:UpdateItem bundles",
            "dynamodb:UpdateItem compilations",
            "s3:DeleteObject staging/",
            "s3:GetObject staging/",
            "s3:PutObject bundles/",
            "s3:PutObject reports/");
    assertThat(service().used("summarise"))
        .containsExactly(
            "dynamodb:GetItem compilations",
            "dynamodb:UpdateItem compilations",
            "s3:DeleteObject models/jobs/",
            "s3:DeleteObject staging/");
  }

  private void rollOut(String compilation) throws IOException {
    operate(
        "PUT",
        "/v1/deployments/lobby",
        """
        {"compilation":"%s","stages":[100],
         "gate":{"mostFailedPercent":10,"leastReports":1,"observeSeconds":600}}\
        """
            .formatted(compilation),
        200);
  }

  private void send(DeviceSigner device, String what, String body, int status) throws IOException {
    var event = DeployedHere.event("POST", "/v1/devices/self/" + what).withBody(body);
    var _ = service().signed(device, event, status);
  }

  @Test
  void ofDevicesSide() throws Exception {
    JsonNode done = service().compiled();
    String bundle = done.at("/targets/0/bundle/digest").asText();
    rollOut(done.path("id").asText());
    DeviceSigner device = service().enrolled();
    var _ = service().signed(device, DeployedHere.event("GET", "/v1/devices/self/desired"), 200);
    send(device, "reports", "{\"event\":\"activated\",\"bundle\":\"" + bundle + "\"}", 204);
    send(
        device,
        "results",
        """
        {"records":[{"sequence":1,"kind":"sample","at":"%s","model":"tiny","bundle":"%s","outputs":{}}]}\
        """
            .formatted(Instant.now(), bundle),
        200);
    send(
        device,
        "benchmarks",
        """
        {"model":"tiny","bundle":"%s","at":"%s","frames":1,"latency":{"minimumMicros":1,
         "medianMicros":1,"p90Micros":1,"p99Micros":1,"maximumMicros":1,"histogram":[]}}\
        """
            .formatted(bundle, Instant.now()),
        204);
    assertThat(service().used("devices"))
        .containsExactly(
            "dynamodb:GetItem claims",
            "dynamodb:GetItem compilations",
            "dynamodb:GetItem deployments",
            "dynamodb:GetItem devices",
            "dynamodb:GetItem keys",
            "dynamodb:GetItem metadata",
            "dynamodb:PutItem benchmarks",
            "dynamodb:PutItem devices",
            "dynamodb:PutItem keys",
            "dynamodb:PutItem nonces",
            "dynamodb:PutItem outcomes",
            "dynamodb:PutItem reports",
            "dynamodb:PutItem results",
            "dynamodb:Query metadata",
            "dynamodb:Query results",
            "dynamodb:UpdateItem claims");
  }

  private void operate(String method, String path, String body, int status) throws IOException {
    var event = DeployedHere.event(method, path);
    var _ = service().operator(body.isEmpty() ? event : event.withBody(body), status);
  }

  @Test
  void ofOperatorsSide() throws Exception {
    String id = service().compiled().path("id").asText();
    String deploy = "{\"compilation\":\"" + id + "\"}";
    operate("GET", "/v1/compilations", "", 200);
    operate("PUT", "/v1/deployments/lobby", deploy, 200);
    operate("GET", "/v1/deployments", "", 200);
    DeviceSigner device = service().enrolled();
    for (String path : List.of("", "/" + device.id())) {
      operate("GET", "/v1/devices" + path, "", 200);
    }
    operate("DELETE", "/v1/devices/" + device.id(), "", 204);
    operate("GET", "/v1/results", "", 200);
    operate("GET", "/v1/benchmarks", "", 200);
    uploadInParts();
    operate("POST", "/v1/deployments/lobby/rollback", "", 200);
    operate("DELETE", "/v1/compilations/" + id, "", 204);
    assertThat(service().used("operators"))
        .containsExactly(
            "dynamodb:BatchGetItem bundles",
            "dynamodb:BatchGetItem compilations",
            "dynamodb:BatchGetItem deployments",
            "dynamodb:DeleteItem bundles",
            "dynamodb:GetItem compilations",
            "dynamodb:GetItem deployments",
            "dynamodb:GetItem devices",
            "dynamodb:GetItem uploads",
            "dynamodb:PutItem claims",
            "dynamodb:PutItem compilations",
            "dynamodb:PutItem deployments",
            "dynamodb:PutItem idempotency",
            "dynamodb:PutItem uploads",
            "dynamodb:Query benchmarks",
            "dynamodb:Query compilations",
            "dynamodb:Query deployments",
            "dynamodb:Query devices",
            "dynamodb:Query metadata",
            "dynamodb:Query outcomes",
            "dynamodb:Query reports",
            "dynamodb:Query results",
            "dynamodb:UpdateItem bundles",
            "dynamodb:UpdateItem compilations",
            "dynamodb:UpdateItem devices",
            "dynamodb:UpdateItem idempotency",
            "lambda:InvokeFunction",
            "s3:DeleteObject bundles/",
            "s3:DeleteObject models/jobs/",
            "s3:DeleteObject reports/",
            "s3:DeleteObject staging/",
            "s3:GetObject models/",
            "s3:ListMultipartUploadParts staging/parts/",
            "s3:PutObject manifests/",
            "s3:PutObject models/",
            "s3:PutObject staging/parts/",
            "states:StartExecution",
            "states:StopExecution");
  }

  private void uploadInParts() throws IOException {
    String model = "sha256:" + "1".repeat(64);
    var announced =
        DeployedHere.event("POST", "/v1/models")
            .withBody("{\"model\":\"%s\",\"bytes\":7,\"parts\":[\"%s\"]}".formatted(model, model));
    announced.setHeaders(Map.of("Content-Type", "application/json", "Idempotency-Key", "once"));
    var _ = service().operator(announced, 201);
    operate("GET", "/v1/models/" + model, "", 200);
    operate("POST", "/v1/models/" + model + "/complete", "", 409);
  }

  /// While a canary failed, and nothing else is the matter.
  @Test
  void ofTheClock() throws Exception {
    JsonNode done = service().compiled();
    rollOut(done.path("id").asText());
    DeviceSigner device = service().enrolled();
    String bundle = done.at("/targets/0/bundle/digest").asText();
    send(device, "reports", "{\"event\":\"failed\",\"bundle\":\"" + bundle + "\"}", 204);
    service().tick();
    var standing = service().operator(DeployedHere.event("GET", "/v1/deployments/lobby"), 200);
    assertThat(standing.path("state").asText()).isEqualTo("halted");
    assertThat(service().used("clock"))
        .containsExactly(
            "dynamodb:BatchGetItem deployments",
            "dynamodb:GetItem deployments",
            "dynamodb:PutItem deployments",
            "dynamodb:Query bundles",
            "dynamodb:Query compilations",
            "dynamodb:Query deployments",
            "dynamodb:Query metadata",
            "dynamodb:Query outcomes",
            "dynamodb:Query uploads",
            "dynamodb:UpdateItem compilations",
            "lambda:InvokeFunction");
    assertThat(service().used("publish"))
        .contains(
            "dynamodb:ConditionCheckItem metadata",
            "dynamodb:GetItem deployments",
            "dynamodb:PutItem metadata",
            "dynamodb:Query metadata");
  }
}
