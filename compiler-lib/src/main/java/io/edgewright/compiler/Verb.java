package io.edgewright.compiler;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What to do with the model.
enum Verb {
  COMPILE,
  PLAN;

  /// What both take.
  private static final List<String> COMMON =
      List.of("--manifest", "--target", "--dim", "--json", "--help", "-h");

  private static final List<String> COMPILE_ALONE =
      List.of("-o", "--report", "--emit", "--explain-accuracy", "--input");
  private static final String COMPILE_USAGE =
      " [-o DIR] [--report | --emit c | --explain-accuracy [--input FILE]...]";

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String usage() {
    return "usage: "
        + word()
        + " MODEL.onnx [--manifest M.json] [--target ID]... [--dim NAME=N or NAME=..N]..."
        + (this == COMPILE ? COMPILE_USAGE : "")
        + " [--json]";
  }

  boolean takes(String option) {
    return COMMON.contains(option) || (this == COMPILE && COMPILE_ALONE.contains(option));
  }

  static Optional<Verb> named(String word) {
    return Stream.of(values()).filter(verb -> verb.word().equals(word)).findFirst();
  }
}
