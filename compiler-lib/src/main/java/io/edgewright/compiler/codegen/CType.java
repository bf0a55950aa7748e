package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.tensor.ElementType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A type of the generated C, by its short name: `f32`, `u8`, `f32x16`. A bool is `b8`, a byte; the
/// bools of a vector's lanes are -1 or 0 in as many bits as the lanes have: `b32x16`.
///
/// @param kind f(loat), i(nteger with a sign), u(nsigned integer), b(ool)
record CType(char kind, int bits, int lanes) {
  private static final Pattern NAME = Pattern.compile("([fiub])(\\d+)(?:x(\\d+))?");

  static CType of(VectorType type) {
    ElementType element = type.element();
    if (element == ElementType.BOOL && !type.isScalar()) {
      return new CType('b', 32, type.lanes());
    }
    return new CType(letter(element.kind()), element.bytes() * Byte.SIZE, type.lanes());
  }

  static CType parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("`" + name + "` is no type");
    }
    int lanes = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
    return new CType(matcher.group(1).charAt(0), Integer.parseInt(matcher.group(2)), lanes);
  }

  private static char letter(ElementType.Kind kind) {
    return switch (kind) {
      case FLOAT -> 'f';
      case SIGNED -> 'i';
      case UNSIGNED -> 'u';
      case BOOLEAN -> 'b';
    };
  }

  String name() {
    return kind + Integer.toString(bits) + (isScalar() ? "" : "x" + lanes);
  }

  /// The same in memory, where a vector may start at any element.
  String inMemory() {
    return isScalar() ? name() : name() + "_u";
  }

  boolean isScalar() {
    return lanes == 1;
  }

  boolean isFloat() {
    return kind == 'f';
  }

  /// As many lanes of another kind.
  CType with(char otherKind, int otherBits) {
    return new CType(otherKind, otherBits, lanes);
  }

  CType scalar() {
    return new CType(kind == 'b' ? 'i' : kind, bits, 1);
  }

  /// What a comparison of this type gives.
  CType mask() {
    return isScalar() ? new CType('b', 8, 1) : with('b', bits);
  }

  /// The typedefs of a vector, in registers and in memory.
  String declaration() {
    int bytes = bits / Byte.SIZE;
    return "typedef %s %s __attribute__((vector_size(%d)));%n"
            .formatted(scalar().name(), name(), bytes * lanes)
        + "typedef %s %s __attribute__((vector_size(%d), aligned(%d), may_alias));%n"
            .formatted(scalar().name(), inMemory(), bytes * lanes, bytes);
  }
}
