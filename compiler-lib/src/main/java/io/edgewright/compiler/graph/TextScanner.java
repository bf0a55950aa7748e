package io.edgewright.compiler.graph;

/// Reads the pieces of [GraphText]: words, quoted names and punctuation, with blanks between them.
final class TextScanner {
  private static final String BARE =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+-";

  private final String text;
  private int at;

  TextScanner(String text) {
    this.text = text;
  }

  /// The name as it stands in the text: bare where that is unmistakable, else quoted.
  static String quote(String name) {
    if (!name.isEmpty() && name.chars().allMatch(character -> BARE.indexOf(character) >= 0)) {
      return name;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char character = name.charAt(i);
      boolean plain = character >= ' ' && character < 127 && "\"\\{}".indexOf(character) < 0;
      if (plain) {
        quoted.append(character);
      } else {
        quoted.append(String.format("\\u%04x", (int) character));
      }
    }
    return quoted.append('"').toString();
  }

  boolean atEnd() {
    skipBlanks();
    return at == text.length();
  }

  boolean accept(char character) {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == character) {
      at++;
      return true;
    }
    return false;
  }

  void expect(char character) {
    if (!accept(character)) {
      throw error("`" + character + "` expected");
    }
  }

  /// A bare word; may be empty.
  String word() {
    skipBlanks();
    int start = at;
    while (at < text.length() && BARE.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return text.substring(start, at);
  }

  /// A bare or quoted name.
  String name() {
    if (!accept('"')) {
      return word();
    }
    StringBuilder name = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.startsWith("\\u", at)) {
        name.append((char) Integer.parseInt(text.substring(at + 2, at + 6), 16));
        at += 6;
      } else {
        name.append(text.charAt(at++));
      }
    }
    expect('"');
    return name.toString();
  }

  /// What stands between braces. Quoted names have none, so that they need only be counted.
  String block() {
    expect('{');
    int start = at;
    for (int depth = 1; depth > 0; at++) {
      if (at == text.length()) {
        throw error("`}` expected");
      }
      depth += depthOf(text.charAt(at));
    }
    return text.substring(start, at - 1);
  }

  /// How many braces a text opens more than it closes.
  static int depth(String text) {
    return text.chars().map(character -> depthOf((char) character)).sum();
  }

  private static int depthOf(char character) {
    return character == '{' ? 1 : character == '}' ? -1 : 0;
  }

  IllegalArgumentException error(String message) {
    return new IllegalArgumentException(message + " at column " + (at + 1) + " of: " + text);
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }
}
