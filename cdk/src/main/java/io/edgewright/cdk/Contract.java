package io.edgewright.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The files that the stack shares with the embedded service and with tests: they are on the class
/// path, each in one place.
public final class Contract {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Contract() {}

  static JsonNode tables() {
    return json("/io/edgewright/functions/aws/tables.json").required("tables");
  }

  static List<String> indexes(String table) {
    List<String> names = new ArrayList<>();
    for (JsonNode description : tables()) {
      if (description.required("name").asText().equals(table)) {
        description.path("indexes").forEach(index -> names.add(index.required("name").asText()));
      }
    }
    return names;
  }

  /// The Amazon States Language file, with `${NameFunction}` where functions belong.
  static String workflow() {
    return new String(bytes("/io/edgewright/functions/compile.asl.json"), StandardCharsets.UTF_8);
  }

  static JsonNode api() {
    try {
      return new YAMLMapper().readTree(bytes("/io/edgewright/api/openapi.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A file of the class path as JSON.
  public static JsonNode json(String path) {
    try {
      return JSON.readTree(bytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String path) {
    try (InputStream in = Contract.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new FileNotFoundException("`" + path + "` is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
