package io.edgewright.device.trust;

import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The one way to write a JSON value down (OLPC canonical JSON): keys in the order of their code
 * points, no white space, only {@code "} and {@code \} escaped, integers only.
 */
public final class CanonicalJson {
  /** UTF-8 keeps the order of code points, UTF-16 does not beyond the basic plane. */
  private static final Comparator<String> BY_CODE_POINT =
      (left, right) -> Arrays.compareUnsigned(utf8(left), utf8(right));

  private CanonicalJson() {}

  public static byte[] bytes(Object value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return utf8(text.toString());
  }

  private static void append(StringBuilder text, Object value) {
    if (value instanceof Map<?, ?> map) {
      appendObject(text, map);
    } else if (value instanceof List<?> list) {
      appendArray(text, list);
    } else if (value instanceof String string) {
      appendString(text, string);
    } else if (value instanceof Long || value instanceof Boolean || value.equals(JsonText.NULL)) {
      text.append(value);
    } else {
      throw new JsonException("signed metadata", "the number " + value, "integers only");
    }
  }

  private static void appendObject(StringBuilder text, Map<?, ?> map) {
    List<String> keys = new ArrayList<>();
    map.keySet().forEach(key -> keys.add((String) key));
    keys.sort(BY_CODE_POINT);
    text.append('{');
    String separator = "";
    for (String key : keys) {
      text.append(separator);
      appendString(text, key);
      text.append(':');
      append(text, Objects.requireNonNull(map.get(key)));
      separator = ",";
    }
    text.append('}');
  }

  private static void appendArray(StringBuilder text, List<?> list) {
    text.append('[');
    String separator = "";
    for (Object item : list) {
      text.append(separator);
      append(text, item);
      separator = ",";
    }
    text.append(']');
  }

  private static void appendString(StringBuilder text, String string) {
    text.append('"').append(string.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
