package io.edgewright.compiler.codegen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The texts of the prelude's functions, out of the resources `prelude/*.c`. A file holds
/// definitions for a family of types, each with the comment above it, separated by empty lines. In
/// them stand for types:
///
/// ```
/// T  the type that the function is for          S  one lane of T
/// M  what comparing two T gives                  D  as many lanes of double
/// I  integers as wide as T, with a sign          F  the type that a conversion comes from
/// U  the same without a sign                     H  half as many lanes of T
/// W  twice as many lanes of T
/// ```
final class PreludeSource {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("(?<![A-Za-z0-9])([TSMIUDFHW])(?![A-Za-z0-9])");
  private static final Pattern HEAD =
      Pattern.compile("(?m)^(?:EW_INLINE|static) \\w+ ew_(\\w+?(?:_F)?)_T\\((.*)\\) \\{$");
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)(,|$)");
  private static final Pattern BETWEEN = Pattern.compile("\n\n+");
  private static final CType FLOAT32 = new CType('f', 32, 1);

  private static final Map<String, Map<String, String>> FILES = new ConcurrentHashMap<>();

  private PreludeSource() {}

  /// A file as it is.
  static String read(String file) {
    // Absolute: a jar, unlike a folder, does not resolve `..`.
    String path = "/io/edgewright/compiler/prelude/" + file;
    try (InputStream stream = PreludeSource.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + path);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// The text of a function for a type.
  ///
  /// @throws IllegalArgumentException when there is none
  static String definition(String function, CType type) {
    if (function.startsWith("convert_")) {
      CType from = CType.parse(function.substring("convert_".length()));
      return fill(text("convert_F", List.of(conversion(from, type)), type), type, from);
    }
    boolean half = type.equals(type.with('f', 16));
    CType computed = half ? FLOAT32 : type;
    String text = text(function, families(computed), type);
    return fill(half ? throughFloat32(function, text) : text, type, type);
  }

  /// From the first of the files that has it.
  private static String text(String function, List<String> files, CType type) {
    return files.stream()
        .map(file -> Optional.ofNullable(definitions(file).get(function)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + function + " of " + type.name()));
  }

  private static List<String> families(CType type) {
    if (type.isFloat()) {
      String shape = type.isScalar() ? "float_scalar.c" : "float_vector.c";
      String own = "float" + type.bits() + ".c";
      return isRegister(type)
          ? List.of(shape, "float.c", own, "pairs" + type.lanes() + ".c")
          : List.of(shape, "float.c", own);
    }
    if (!type.isScalar()) {
      return type.kind() == 'b' ? List.of("mask.c") : integerVectors(type);
    }
    return switch (type.kind()) {
      case 'i' -> List.of("integer.c", "signed.c", "dot.c");
      case 'u' -> List.of("integer.c", "unsigned.c");
      default -> List.of("bool.c");
    };
  }

  /// Widths that some processor has an instruction for have a file of their own.
  private static List<String> integerVectors(CType type) {
    return isRegister(type) && type.lanes() > 2
        ? List.of("integer_vector.c", "dot" + type.lanes() + ".c", "dot.c")
        : List.of("integer_vector.c", "dot.c");
  }

  private static boolean isRegister(CType type) {
    return type.bits() == 32 && List.of(2, 4, 8, 16).contains(type.lanes());
  }

  private static String conversion(CType from, CType to) {
    if (!from.isScalar()) {
      return from.kind() == 'b' ? "convert_mask_float.c" : "convert_vector.c";
    }
    if (to.kind() == 'b') {
      return "convert_bool.c";
    }
    if (from.isFloat() && !to.isFloat()) {
      return to.name().equals("u64") ? "convert_float_u64.c" : "convert_float_integer.c";
    }
    boolean half = Stream.of(from, to).anyMatch(type -> type.isFloat() && type.bits() == 16);
    return half ? "convert_half.c" : "convert_number.c";
  }

  /// float16 is computed in float32.
  private static String throughFloat32(String function, String text) {
    Matcher head = HEAD.matcher(text);
    if (!head.find()) {
      throw new IllegalStateException("no head in " + text);
    }
    String arguments = PARAMETER.matcher(head.group(2)).replaceAll("$1$2");
    String names = arguments.replaceAll("\\w+ (\\w+)", "ew_convert_f16_f32($1)");
    return head.group() + "\n  return ew_" + function + "_f32(" + names + ");\n}";
  }

  private static String fill(String text, CType type, CType from) {
    Function<String, CType> meaning =
        letter ->
            switch (letter) {
              case "S" -> type.scalar();
              case "M" -> type.mask();
              case "I" -> type.with('i', type.bits());
              case "U" -> type.with('u', type.bits());
              case "D" -> type.with('f', 64);
              case "H" -> new CType(type.kind(), type.bits(), type.lanes() / 2);
              case "W" -> new CType(type.kind(), type.bits(), type.lanes() * 2);
              case "F" -> from;
              default -> type;
            };
    return PLACEHOLDER.matcher(text).replaceAll(match -> meaning.apply(match.group(1)).name());
  }

  private static Map<String, String> definitions(String file) {
    return FILES.computeIfAbsent(
        file,
        name -> {
          Map<String, String> definitions = new HashMap<>();
          for (String text : BETWEEN.split(read(name), -1)) {
            Matcher head = HEAD.matcher(text);
            if (head.find()) {
              definitions.put(head.group(1), text.strip());
            }
          }
          return definitions;
        });
  }
}
