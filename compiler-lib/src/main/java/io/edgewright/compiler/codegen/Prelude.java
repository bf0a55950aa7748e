package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.tensor.ElementType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The first part of a generated program: its types, and the functions of elements and vectors that
/// it uses (`ew_exp_f32x8`), with those that they use in turn. Freestanding C: nothing is left to a
/// library.
final class Prelude {
  /// Not a function: the program mentions the type.
  static final String TYPE = "type";

  private static final Pattern CALL = Pattern.compile("\\bew_(\\w+)_([fiub]\\d+(?:x\\d+)?)\\(");
  private static final Pattern VECTOR = Pattern.compile("\\b[fiub]\\d+x\\d+\\b");

  private final List<String> definitions = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  private Prelude() {}

  /// A function for a type, such as `exp` for eight floats. Comparisons and selections are named
  /// for what they compare and select. A conversion's name says where it comes from: `convert_u8`.
  record Use(String function, VectorType type) {}

  /// The same text for the same set.
  ///
  /// @throws IllegalArgumentException when a function is not known for its type
  static String text(Set<Use> uses) {
    Prelude prelude = new Prelude();
    Set<CType> vectors = new TreeSet<>(Comparator.comparing(CType::name));
    for (Use use : sorted(uses)) {
      CType type = CType.of(use.type());
      if (!type.isScalar()) {
        vectors.add(type);
      }
      if (!use.function().equals(TYPE)) {
        prelude.define(use.function(), type);
      }
    }
    String functions = String.join("\n\n", prelude.definitions);
    VECTOR.matcher(functions).results().forEach(name -> vectors.add(CType.parse(name.group())));
    StringBuilder text = new StringBuilder(PreludeSource.read("types.c"));
    if (uses.stream().anyMatch(Prelude::isHalf) || functions.contains("f16")) {
      text.append(PreludeSource.read("half.c"));
    }
    vectors.forEach(vector -> text.append(vector.declaration()));
    return text.append('\n').append(functions).append("\n\n").toString();
  }

  private static boolean isHalf(Use use) {
    return use.type().element() == ElementType.FLOAT16;
  }

  private static Set<Use> sorted(Set<Use> uses) {
    Set<Use> sorted =
        new TreeSet<>(
            Comparator.comparing(Use::function).thenComparing(use -> CType.of(use.type()).name()));
    sorted.addAll(uses);
    return sorted;
  }

  /// Writes a function after all that it calls.
  private void define(String function, CType type) {
    if (!known.add(function + "_" + type.name())) {
      return;
    }
    String text = PreludeSource.definition(function, type);
    Matcher calls = CALL.matcher(text.substring(text.indexOf('{')));
    while (calls.find()) {
      define(calls.group(1), CType.parse(calls.group(2)));
    }
    definitions.add(text);
  }
}
