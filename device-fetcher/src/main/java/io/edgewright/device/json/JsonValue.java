package io.edgewright.device.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value and its place in the document, like {@code bundle.json.entries[3].bytes}. Every question
 * that the value cannot answer becomes a {@link JsonException} with that place.
 */
public record JsonValue(String where, Object value) {

  /** The field of that name; a missing one is an error. */
  public JsonValue require(String name) {
    return find(name)
        .orElseThrow(() -> new JsonException(where + "." + name, "missing", "a value"));
  }

  /** The field of that name, absent when it is missing or null. */
  public Optional<JsonValue> find(String name) {
    Object found = objectFields().get(name);
    return found == null || found.equals(JsonText.NULL)
        ? Optional.empty()
        : Optional.of(new JsonValue(where + "." + name, found));
  }

  public Map<String, JsonValue> fields() {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    objectFields()
        .forEach((name, field) -> fields.put(name, new JsonValue(where + "." + name, field)));
    return fields;
  }

  public List<JsonValue> items() {
    if (!(value instanceof List<?> list)) {
      throw wrong("a list");
    }
    List<JsonValue> items = new ArrayList<>();
    for (Object item : list) {
      items.add(new JsonValue(where + "[" + items.size() + "]", item));
    }
    return items;
  }

  public List<String> texts() {
    return items().stream().map(JsonValue::text).toList();
  }

  public String text() {
    if (value instanceof String text) {
      return text;
    }
    throw wrong("text");
  }

  public boolean flag() {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong("true or false");
  }

  public double decimal() {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong("a number");
  }

  /** An integer between two bounds, both included. */
  public long integer(long least, long most) {
    if (value instanceof Long number && number >= least && number <= most) {
      return number;
    }
    throw wrong("an integer from " + least + " to " + most);
  }

  /** A SHA-256 in lower-case hexadecimal. */
  public String sha256() {
    if (value instanceof String text && text.matches("[0-9a-f]{64}")) {
      return text;
    }
    throw wrong("a SHA-256 as 64 lower-case hexadecimal digits");
  }

  public boolean isNull() {
    return value.equals(JsonText.NULL);
  }

  /** The complaint that this value is not what its reader can use. */
  public JsonException wrong(String allowed) {
    String seen = JsonText.print(value);
    String shown = seen.length() > 80 ? seen.substring(0, 77) + "..." : seen;
    return new JsonException(where, "`" + shown + "`", allowed);
  }

  @SuppressWarnings("unchecked") // JsonText makes no other maps
  private Map<String, Object> objectFields() {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw wrong("an object");
  }
}
