package io.edgewright.functions.core.trust;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// The one way to write a JSON document that TUF's signatures are over (OLPC's canonical JSON): no
/// spaces, names sorted, only `"` and `\` escaped, whole numbers only.
public final class CanonicalJson {
  private CanonicalJson() {}

  public static byte[] bytes(JsonNode node) {
    StringBuilder out = new StringBuilder();
    write(node, out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Jackson's own equality tells an int from the same long.
  static boolean same(JsonNode one, JsonNode other) {
    return Arrays.equals(bytes(one), bytes(other));
  }

  private static void write(JsonNode node, StringBuilder out) {
    switch (node.getNodeType()) {
      case OBJECT -> writeObject(node, out);
      case ARRAY -> writeArray(node, out);
      case STRING -> writeText(node.asText(), out);
      case BOOLEAN, NULL -> out.append(node.asText());
      case NUMBER -> {
        if (!node.isIntegralNumber()) {
          throw new IllegalArgumentException("canonical JSON has whole numbers only: " + node);
        }
        out.append(node.bigIntegerValue());
      }
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("not JSON: " + node.getNodeType());
    }
  }

  private static void writeObject(JsonNode node, StringBuilder out) {
    // Java compares UTF-16 units, OLPC code points. They agree below U+D800, and every name that
    // this service writes is ASCII.
    Map<String, JsonNode> fields = new TreeMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    out.append('{');
    String separator = "";
    for (Map.Entry<String, JsonNode> field : fields.entrySet()) {
      out.append(separator);
      writeText(field.getKey(), out);
      out.append(':');
      write(field.getValue(), out);
      separator = ",";
    }
    out.append('}');
  }

  private static void writeArray(JsonNode node, StringBuilder out) {
    out.append('[');
    String separator = "";
    for (JsonNode element : node) {
      out.append(separator);
      write(element, out);
      separator = ",";
    }
    out.append(']');
  }

  private static void writeText(String text, StringBuilder out) {
    out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
  }
}
