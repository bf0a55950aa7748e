package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.cdk.GatewayFile.Caller;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// API Gateway's file against the one that it comes from.
@Tag("slow")
class ApiTest {
  private final TemplateText template = new TemplateText(Synthesised.imageTemplate());
  private final JsonNode gateway =
      template.resources("AWS::ApiGateway::RestApi").values().iterator().next().required("Body");

  private static Map<String, JsonNode> operations(JsonNode api) {
    Map<String, JsonNode> operations = new TreeMap<>();
    api.required("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation -> {
                  if (operation.getValue().has("operationId")) {
                    operations.put(operation.getKey() + " " + path.getKey(), operation.getValue());
                  }
                }));
    return operations;
  }

  @Test
  void everyOperationButPagesIsThere() {
    Map<String, JsonNode> wanted = operations(Contract.api());
    wanted.values().removeIf(operation -> GatewayFile.callerOf(operation) == Caller.BROWSER);
    assertThat(wanted).hasSizeGreaterThan(25);
    assertThat(operations(gateway).keySet()).isEqualTo(wanted.keySet());
  }

  @Test
  void operatorsSignForIamAndNobodyElseDoes() {
    Map<String, JsonNode> found = operations(gateway);
    operations(Contract.api())
        .forEach((name, wanted) -> {
          JsonNode operation = found.get(name);
          if (operation == null) {
            return;
          }
          boolean isOperators = wanted.toString().contains("\"operator\":[]");
          assertThat(operation.at("/x-amazon-apigateway-auth/type").asText())
              .as(name)
              .isEqualTo(isOperators ? "AWS_IAM" : "NONE");
        });
  }

  /// The function that can sign is not for everybody: of what nobody checked it gets one list.
  @Test
  void whatIsNotCheckedGoesToTheDevicesFunction() {
    operations(gateway)
        .forEach((name, operation) -> {
          boolean isOpen = operation.at("/x-amazon-apigateway-auth/type").asText().equals("NONE");
          assertThat(operation.at("/x-amazon-apigateway-integration/uri").toString())
              .as(name)
              .contains(
                  isOpen && !name.equals("get /v1/targets")
                      ? "DeviceApiAlias"
                      : "OperatorApiAlias");
        });
  }

  @Test
  void theStageIsThrottledLoggedAndTraced() {
    JsonNode stage = template.resources("AWS::ApiGateway::Stage").values().iterator().next();
    JsonNode settings = stage.required("MethodSettings").required(0);
    assertThat(settings.required("ThrottlingRateLimit").asInt()).isEqualTo(Api.RATE);
    assertThat(settings.required("ThrottlingBurstLimit").asInt()).isEqualTo(Api.BURST);
    assertThat(stage.has("AccessLogSetting")).isTrue();
    assertThat(stage.required("TracingEnabled").asBoolean()).isTrue();
  }
}
