package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.tensor.ElementType;

/// How types are written in C.
final class CTypes {
  private CTypes() {}

  /// The name that functions of the prelude end in: `f32`, `f32x16`, `i64`, `b8`.
  static String suffix(VectorType type) {
    if (type.isScalar()) {
      return shortName(type.element());
    }
    // A vector of truths is a mask: all bits of a lane set, or none.
    String element = type.element() == ElementType.BOOL ? "i32" : shortName(type.element());
    return element + "x" + type.lanes();
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

  private static String shortName(ElementType element) {
    return switch (element) {
      case FLOAT32 -> "f32";
      case FLOAT64 -> "f64";
      case FLOAT16 -> "f16";
      case INT8 -> "i8";
      case INT16 -> "i16";
      case INT32 -> "i32";
      case INT64 -> "i64";
      case UINT8 -> "u8";
      case UINT16 -> "u16";
      case UINT32 -> "u32";
      case UINT64 -> "u64";
      case BOOL -> "b8";
    };
  }
}
