package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.tensor.ElementType;

/// How types are written in C.
final class CTypes {
  private CTypes() {}

  /// The name that functions of the prelude end in: `f32`, `f32x16`, `i64`, `b8`.
  static String suffix(VectorType type) {
    return CType.of(type).name();
  }

  /// The type of a variable.
  static String name(VectorType type) {
    return type.isScalar() ? scalar(type.element()) : suffix(type);
  }

  /// The type of an element in memory.
  static String scalar(ElementType element) {
    return switch (element) {
      case FLOAT32 -> "float";
      case FLOAT64 -> "double";
      case FLOAT16 -> "_Float16";
      case INT8 -> "int8_t";
      case INT16 -> "int16_t";
      case INT32 -> "int32_t";
      case INT64 -> "int64_t";
      case UINT8, BOOL -> "uint8_t";
      case UINT16 -> "uint16_t";
      case UINT32 -> "uint32_t";
      case UINT64 -> "uint64_t";
    };
  }
}
