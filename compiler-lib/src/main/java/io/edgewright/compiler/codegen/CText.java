package io.edgewright.compiler.codegen;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Text from a model, made harmless inside generated C. Names in a model may hold anything.
final class CText {
  private static final int LONGEST_COMMENT = 120;

  private static final int LONGEST_FORMULA = 400;

  private CText() {}

  /// What is left of a name in a comment: printable ASCII that cannot end the comment.
  static String comment(String name) {
    return harmless(name, LONGEST_COMMENT);
  }

  /// A formula in a comment: its products are spaced, so that none of them ends the comment.
  static String formula(String formula) {
    String text = formula.substring(0, Math.min(formula.length(), LONGEST_FORMULA));
    return Arrays.stream(text.split(" \\* ", -1))
        .map(part -> harmless(part, LONGEST_FORMULA))
        .collect(Collectors.joining(" * "));
  }

  private static String harmless(String name, int longest) {
    StringBuilder text = new StringBuilder();
    name.chars()
        .limit(longest)
        .forEach(c ->
            text.append(c >= ' ' && c < 127 && c != '*' && c != '\\' && c != '?' ? (char) c : '_'));
    return text.toString();
  }

  /// A string literal with the same UTF-8 bytes.
  static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int code = b & 0xFF;
      boolean plain = code >= ' ' && code < 127 && code != '"' && code != '\\' && code != '?';
      literal.append(plain ? Character.toString(code) : "\\%03o".formatted(code));
    }
    return literal.append('"').toString();
  }

  /// A floating-point literal that reads back as the same number.
  static String number(double value, boolean single) {
    if (Double.isNaN(value)) {
      return "__builtin_nanf(\"\")";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "__builtin_inff()" : "-__builtin_inff()";
    }
    return single ? Float.toString((float) value) + "f" : Double.toString(value);
  }
}
