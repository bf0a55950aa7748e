package io.edgewright.cdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Reads a template for tests: resources by type, references as short names.
record TemplateText(JsonNode template) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Resources of a type by their logical names.
  Map<String, JsonNode> resources(String type) {
    Map<String, JsonNode> found = new TreeMap<>();
    template
        .required("Resources")
        .properties()
        .forEach(resource -> {
          if (resource.getValue().required("Type").asText().equals(type)) {
            found.put(resource.getKey(), resource.getValue().path("Properties"));
          }
        });
    return found;
  }

  JsonNode resource(String logicalName) {
    return template.required("Resources").required(logicalName);
  }

  /// A value with references written as `<name>`, names without the hash that CDK appends.
  String text(JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    if (value.has("Ref")) {
      return "<" + named(value.required("Ref").asText()) + ">";
    }
    if (value.has("Fn::GetAtt")) {
      return "<" + named(value.required("Fn::GetAtt").required(0).asText()) + ">";
    }
    if (value.has("Fn::Join")) {
      List<String> parts = new ArrayList<>();
      value.required("Fn::Join").required(1).forEach(part -> parts.add(text(part)));
      return String.join("", parts);
    }
    return value.toString();
  }

  List<String> texts(JsonNode value) {
    if (!value.isArray()) {
      return List.of(text(value));
    }
    List<String> texts = new ArrayList<>();
    value.forEach(one -> texts.add(text(one)));
    return texts;
  }

  private String named(String logicalName) {
    JsonNode table = template.required("Resources").path(logicalName).at("/Properties/TableName");
    return table.isTextual() ? table.asText() : logicalName.replaceAll("[0-9A-F]{8}$", "");
  }

  /// A line a resource, as it is compared: type, name, properties. Left out are hashes of what is
  /// packed, and what other tests look at whole: policies, the API, the workflow.
  String lines() {
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    for (String name : new TreeSet<>(names())) {
      JsonNode resource = resource(name);
      ObjectNode rest = resource.deepCopy();
      rest.remove(List.of("Type", "Metadata"));
      if (rest.path("Properties") instanceof ObjectNode properties) {
        properties.remove(List.of("PolicyDocument", "Body", "DefinitionString"));
      }
      lines.add(resource.required("Type").asText() + " " + name + " " + sorted(rest));
    }
    return lines.toString().replaceAll("[0-9a-f]{64}", "HASH").replaceAll("[0-9a-f]{32}", "HASH");
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    template.required("Resources").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String sorted(JsonNode value) {
    try {
      return JSON.writer()
          .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .writeValueAsString(JSON.treeToValue(value, TreeMap.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What one policy says.
  static Stream<JsonNode> statements(JsonNode policy) {
    return StreamSupport.stream(policy.at("/PolicyDocument/Statement").spliterator(), false);
  }

  Stream<JsonNode> policies() {
    return resources("AWS::IAM::Policy").values().stream();
  }
}
