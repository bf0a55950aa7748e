package io.edgewright.device.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and prints JSON. A repeated key is an error: two readers must never see two documents. */
public final class JsonText {
  /** Stands for JSON's null, so that no Java null travels through collections. */
  public static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxStringLength(1 << 16)
                  .maxNameLength(1 << 10)
                  .maxNumberLength(40)
                  .build())
          .build();

  private JsonText() {}

  /**
   * Reads one whole document.
   *
   * @param name what the document is called in complaints
   */
  public static JsonValue parse(byte[] document, String name) {
    try (JsonParser parser = open(document, name)) {
      Object value = read(parser, parser.nextToken(), name);
      if (parser.nextToken() != null) {
        throw new JsonException(name, "something follows the document", "one JSON value");
      }
      return new JsonValue(name, value);
    } catch (IOException exception) {
      throw unreadable(name, exception);
    }
  }

  /**
   * Jackson would guess UTF-16 and UTF-32 by zeros or a mark at the start; here only UTF-8 is JSON.
   */
  static JsonParser open(byte[] document, String name) throws IOException {
    for (int index = 0; index < Math.min(4, document.length); index++) {
      boolean isMark = index == 0 && (document[index] & 0xff) >= 0xef;
      if (document[index] == 0 || isMark) {
        throw new JsonException(name, "not UTF-8, or with a byte order mark", "JSON in UTF-8");
      }
    }
    return FACTORY.createParser(document);
  }

  /** Refuses what is not one whole object, without keeping any of it. */
  public static void checkObject(String text, String name) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
      parser.skipChildren();
      if (!isObject || parser.nextToken() != null) {
        throw new JsonException(name, "something else", "one JSON object");
      }
    } catch (IOException exception) {
      throw unreadable(name, exception);
    }
  }

  /** Prints maps, lists, strings, numbers and truth values on one line. */
  public static String print(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      write(generator, value);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    return text.toString();
  }

  public static byte[] bytes(Object value) {
    return print(value).getBytes(StandardCharsets.UTF_8);
  }

  /** Everything is read from memory, so whatever goes wrong is the document's fault. */
  static JsonException unreadable(String name, IOException exception) {
    String seen =
        exception instanceof JsonProcessingException malformed
            ? malformed.getOriginalMessage()
            : exception.getMessage();
    return new JsonException(name, "not JSON: " + seen, "one JSON value, no key twice");
  }

  private static Object read(JsonParser parser, JsonToken token, String name) throws IOException {
    if (token == null) {
      throw new JsonException(name, "an empty document", "one JSON value");
    }
    return switch (token) {
      case START_OBJECT -> readObject(parser, name);
      case START_ARRAY -> readArray(parser, name);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> readInteger(parser, name);
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NULL;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new JsonException(name, "`" + token + "` out of place", "one JSON value");
    };
  }

  private static Map<String, Object> readObject(JsonParser parser, String name) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      fields.put(field, read(parser, parser.nextToken(), name));
    }
    return fields;
  }

  private static List<Object> readArray(JsonParser parser, String name) throws IOException {
    List<Object> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(read(parser, token, name));
    }
    return items;
  }

  private static Object readInteger(JsonParser parser, String name) throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
          throw new JsonException(name, "the number " + parser.getText(), "64-bit integers");
    };
  }

  private static void write(JsonGenerator generator, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        generator.writeFieldName((String) entry.getKey());
        write(generator, entry.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof Iterable<?> items) {
      generator.writeStartArray();
      for (Object item : items) {
        write(generator, item);
      }
      generator.writeEndArray();
    } else {
      writeScalar(generator, value);
    }
  }

  private static void writeScalar(JsonGenerator generator, Object value) throws IOException {
    if (value.equals(NULL)) {
      generator.writeNull();
    } else if (value instanceof Integer || value instanceof Long) {
      generator.writeNumber(((Number) value).longValue());
    } else if (value instanceof Double number) {
      generator.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof String text) {
      generator.writeString(text);
    } else {
      throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }
}
