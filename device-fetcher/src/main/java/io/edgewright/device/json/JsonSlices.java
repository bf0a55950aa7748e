package io.edgewright.device.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a document into the exact bytes of its parts.
 *
 * <p>Metadata travels as objects inside one answer; lengths and hashes of it are of the bytes as
 * they were published, which printing a parsed tree again would not give back.
 */
public final class JsonSlices {
  private JsonSlices() {}

  /** The bytes of each field's value. */
  public static Map<String, byte[]> fields(byte[] object, String name) {
    Map<String, byte[]> slices = new LinkedHashMap<>();
    walk(object, name, JsonToken.START_OBJECT, slices::put);
    return slices;
  }

  /** The bytes of each item. */
  public static List<byte[]> items(byte[] array, String name) {
    List<byte[]> slices = new ArrayList<>();
    walk(array, name, JsonToken.START_ARRAY, (unnamed, slice) -> slices.add(slice));
    return slices;
  }

  private interface Part {
    void take(String name, byte[] slice);
  }

  private static void walk(byte[] document, String name, JsonToken opening, Part part) {
    try (JsonParser parser = JsonText.open(document, name)) {
      if (parser.nextToken() != opening) {
        throw new JsonException(
            name,
            "starts with `" + parser.getText() + "`",
            opening == JsonToken.START_OBJECT ? "an object" : "a list");
      }
      for (JsonToken token = parser.nextToken();
          token != null && !token.isStructEnd();
          token = parser.nextToken()) {
        String field = "";
        if (token == JsonToken.FIELD_NAME) {
          field = parser.currentName();
          parser.nextToken();
        }
        part.take(field, slice(document, parser));
      }
    } catch (IOException exception) {
      throw JsonText.unreadable(name, exception);
    }
  }

  private static byte[] slice(byte[] document, JsonParser parser) throws IOException {
    int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    parser.skipChildren();
    parser.finishToken(); // text is read lazily; its end is known only afterwards
    int end = Math.toIntExact(parser.currentLocation().getByteOffset());
    return Arrays.copyOfRange(document, start, end);
  }
}
