package io.edgewright.functions.core.signature;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a dictionary of RFC 8941 whose members are inner lists of strings, or single items, with
/// parameters. That is all that `Signature-Input` and `Signature` may hold.
final class StructuredField {
  private final String text;
  private int at;

  private StructuredField(String text) {
    this.text = text;
  }

  /// What a member of a dictionary or a parameter can be here.
  sealed interface Item {
    record Text(String value) implements Item {}

    record Whole(long value) implements Item {}

    /// @param base64 canonical, with padding
    record Bytes(String base64) implements Item {
      byte[] decoded() {
        return Base64.getDecoder().decode(base64);
      }
    }

    record Flag(boolean value) implements Item {}
  }

  /// @param items the strings of an inner list, or the one item
  /// @param parameters in the order in which they came
  record Member(List<Item> items, boolean isList, Map<String, Item> parameters) {
    /// An inner list as the signature base repeats it.
    String serialised() {
      StringBuilder out = new StringBuilder("(");
      for (int i = 0; i < items.size(); i++) {
        out.append(i == 0 ? "" : " ").append(text(items.get(i)));
      }
      out.append(')');
      parameters.forEach((name, value) -> out.append(';').append(name).append(suffix(value)));
      return out.toString();
    }

    private static String suffix(Item value) {
      return value.equals(new Item.Flag(true)) ? "" : "=" + text(value);
    }

    private static String text(Item item) {
      return switch (item) {
        case Item.Text(String value) ->
            '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        case Item.Whole(long value) -> Long.toString(value);
        case Item.Flag(boolean value) -> value ? "?1" : "?0";
        case Item.Bytes(String base64) -> ':' + base64 + ':';
      };
    }
  }

  /// @throws IllegalArgumentException when the text is anything else
  static Map<String, Member> dictionary(String text) {
    return new StructuredField(text).dictionary();
  }

  private Map<String, Member> dictionary() {
    Map<String, Member> members = new LinkedHashMap<>();
    spaces();
    while (at < text.length()) {
      String key = key();
      expect('=');
      members.put(key, member());
      spaces();
      if (at < text.length()) {
        expect(',');
        spaces();
        if (at == text.length()) {
          throw broken("a member after `,`");
        }
      }
    }
    return members;
  }

  private Member member() {
    boolean isList = peek() == '(';
    List<Item> items = isList ? innerList() : List.of(item());
    return new Member(items, isList, parameters());
  }

  private List<Item> innerList() {
    expect('(');
    List<Item> items = new ArrayList<>();
    spaces();
    while (peek() != ')') {
      items.add(string());
      if (peek() != ')' && peek() != ' ') {
        throw broken("a space or `)`");
      }
      spaces();
    }
    expect(')');
    return items;
  }

  private Map<String, Item> parameters() {
    Map<String, Item> parameters = new LinkedHashMap<>();
    while (peek() == ';') {
      at++;
      spaces();
      String key = key();
      Item value = new Item.Flag(true);
      if (peek() == '=') {
        at++;
        value = item();
      }
      // RFC 8941: a repeated parameter takes the place of the one before.
      parameters.put(key, value);
    }
    return parameters;
  }

  private Item item() {
    return switch (peek()) {
      case '"' -> string();
      case ':' -> bytes();
      case '?' -> flag();
      default -> whole();
    };
  }

  private Item string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (peek() != '"') {
      if (peek() == '\\') {
        at++;
      }
      char c = peek();
      if (c < ' ' || c > '~') {
        throw broken("printable ASCII");
      }
      out.append(c);
      at++;
    }
    at++;
    return new Item.Text(out.toString());
  }

  private Item bytes() {
    expect(':');
    int end = text.indexOf(':', at);
    if (end < 0) {
      throw broken("a closing `:`");
    }
    String base64 = text.substring(at, end);
    // One spelling a value: bits that no byte needs could be changed without anybody noticing.
    if (!Base64.getEncoder().encodeToString(Base64.getDecoder().decode(base64)).equals(base64)) {
      throw broken("canonical Base64");
    }
    at = end + 1;
    return new Item.Bytes(base64);
  }

  private Item flag() {
    expect('?');
    char c = peek();
    if (c != '0' && c != '1') {
      throw broken("?0 or ?1");
    }
    at++;
    return new Item.Flag(c == '1');
  }

  private Item whole() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    // Long.parseLong refuses an empty text and a lonely sign.
    return new Item.Whole(Long.parseLong(text.substring(start, at)));
  }

  private String key() {
    int start = at;
    while ("abcdefghijklmnopqrstuvwxyz0123456789_-.*".indexOf(peek()) >= 0) {
      at++;
    }
    if (start == at) {
      throw broken("a key");
    }
    return text.substring(start, at);
  }

  private void spaces() {
    while (peek() == ' ') {
      at++;
    }
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw broken("`" + wanted + "`");
    }
    at++;
  }

  /// The next character, or one that nothing accepts at the end.
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\uffff';
  }

  private IllegalArgumentException broken(String wanted) {
    return new IllegalArgumentException(wanted + " expected at character " + (at + 1));
  }
}
