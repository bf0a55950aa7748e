package io.edgewright.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// `openapi.yaml` as API Gateway takes it: the same addresses and methods, each with the function
/// that answers and with how its callers are known. Bodies and answers are left to the service,
/// which says what is wrong with a request in its own words.
///
/// Pages for a browser are left out: they need a session, and IAM gives none.
record GatewayFile(JsonNode api, String operators, String devices) {
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  /// Who may call an operation, as openapi.yaml says.
  enum Caller {
    OPERATOR,
    DEVICE,
    ANYBODY,
    BROWSER
  }

  static Caller callerOf(JsonNode operation) {
    if (operation.path("tags").path(0).asText().equals("pages")) {
      return Caller.BROWSER;
    }
    JsonNode security = operation.path("security").path(0);
    if (security.isMissingNode()) {
      return Caller.ANYBODY;
    }
    return switch (security.fieldNames().next()) {
      case "operator" -> Caller.OPERATOR;
      case "device" -> Caller.DEVICE;
      case String other -> throw new IllegalStateException("nobody here knows `" + other + "`");
    };
  }

  /// Who answers: what nobody has checked does not reach the function that can sign, but for the
  /// list of targets, which it alone has.
  private String answering(Caller caller, JsonNode operation) {
    return switch (caller) {
      case OPERATOR -> operators;
      case DEVICE -> devices;
      case ANYBODY -> isCompiling(operation) ? operators : devices;
      case BROWSER -> throw new IllegalArgumentException("API Gateway shows no pages");
    };
  }

  private static boolean isCompiling(JsonNode operation) {
    return operation.path("tags").path(0).asText().equals("compile");
  }

  /// As a template takes it.
  ///
  /// @throws IllegalStateException when openapi.yaml has callers of a kind that is not known here
  Map<String, Object> definition() {
    Map<String, Object> paths = new LinkedHashMap<>();
    api.required("paths")
        .properties()
        .forEach(path -> {
          Map<String, Object> operations = operations(path.getKey(), path.getValue());
          if (!operations.isEmpty()) {
            paths.put(path.getKey(), operations);
          }
        });
    return inOrder(
        "openapi",
        "3.0.1",
        "info",
        inOrder("title", "Edgewright", "version", api.at("/info/version").asText()),
        "x-amazon-apigateway-binary-media-types",
        List.of("*/*"),
        "paths",
        paths);
  }

  /// In the order given: CDK makes a new deployment of the API whenever the file's bytes change,
  /// and `Map.of` has another order in every process.
  private static Map<String, Object> inOrder(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  private Map<String, Object> operations(String path, JsonNode item) {
    Map<String, Object> operations = new LinkedHashMap<>();
    item.properties()
        .forEach(entry -> {
          JsonNode operation = entry.getValue();
          if (operation.has("operationId") && callerOf(operation) != Caller.BROWSER) {
            operations.put(entry.getKey(), operation(path, operation));
          }
        });
    return operations;
  }

  private Map<String, Object> operation(String path, JsonNode operation) {
    Caller caller = callerOf(operation);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("operationId", operation.required("operationId").asText());
    out.put("parameters", parameters(path));
    out.put("responses", inOrder("default", inOrder("description", "as openapi.yaml says")));
    out.put(
        "x-amazon-apigateway-auth",
        inOrder("type", caller == Caller.OPERATOR ? "AWS_IAM" : "NONE"));
    out.put(
        "x-amazon-apigateway-integration",
        inOrder(
            "type", "aws_proxy",
            "httpMethod", "POST",
            "passthroughBehavior", "when_no_match",
            "uri", answering(caller, operation)));
    return out;
  }

  private static List<Object> parameters(String path) {
    List<Object> parameters = new ArrayList<>();
    PARAMETER
        .matcher(path)
        .results()
        .forEach(found ->
            parameters.add(
                inOrder(
                    "name",
                    found.group(1),
                    "in",
                    "path",
                    "required",
                    true,
                    "schema",
                    inOrder("type", "string"))));
    return parameters;
  }
}
