package io.edgewright.compiler.manifest;

import java.util.regex.Pattern;

/// What a text in the manifest may look like; the schema has the same patterns.
enum TextRule {
  NAME(
      "[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?",
      "1 to 64 of a-z, 0-9, `.`, `_`, `-`, a letter or digit first and last"),
  TENSOR_NAME(printable(1024), "1 to 1024 printable characters"),
  LABEL(printable(200), "1 to 200 printable characters");

  private final Pattern pattern;
  private final String allowed;

  TextRule(String pattern, String allowed) {
    this.pattern = Pattern.compile(pattern);
    this.allowed = allowed;
  }

  /// Control characters would break lines of output; lone surrogates have no UTF-8.
  private static String printable(int most) {
    return "[^\\x00-\\x1f\\x7f\\x{d800}-\\x{dfff}]{1," + most + "}";
  }

  boolean accepts(String text) {
    return pattern.matcher(text).matches();
  }

  String allowed() {
    return allowed;
  }
}
