package io.edgewright.compiler.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How the constants of an enum are written in JSON: LETTERBOX_TOP_LEFT is `letterbox-top-left`.
final class Spelling {
  private Spelling() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> all(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Spelling::of).toList();
  }

  /// Words for a message: `a`, `b` or `c`.
  static String list(List<String> words) {
    return String.join(", ", words.stream().map(word -> "`" + word + "`").toList());
  }
}
