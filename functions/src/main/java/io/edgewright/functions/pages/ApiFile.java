package io.edgewright.functions.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// `openapi.yaml`: as text, and as a tree whose references can be followed.
public final class ApiFile {
  private final JsonNode tree;

  private ApiFile(JsonNode tree) {
    this.tree = tree;
  }

  /// The file itself.
  public static String text() {
    try (InputStream file = ApiFile.class.getResourceAsStream("/io/edgewright/api/openapi.yaml")) {
      if (file == null) {
        throw new IllegalStateException("the class path has no openapi.yaml");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ApiFile read() {
    try {
      return new ApiFile(new ObjectMapper(new YAMLFactory()).readTree(text()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode at(String pointer) {
    return tree.at(pointer);
  }

  /// What the node stands for: itself, unless it is a reference.
  JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? tree.at(node.path("$ref").asText().substring(1)) : node;
  }

  /// The last word of a reference, empty where the node is none.
  static String reference(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.substring(reference.lastIndexOf('/') + 1);
  }
}
