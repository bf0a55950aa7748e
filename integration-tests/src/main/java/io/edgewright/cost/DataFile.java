package io.edgewright.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The JSON files beside this class.
final class DataFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DataFile() {}

  static JsonNode read(String name) {
    return resource(DataFile.class, name);
  }

  static JsonNode resource(Class<?> beside, String name) {
    try (InputStream file = beside.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return JSON.readTree(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
