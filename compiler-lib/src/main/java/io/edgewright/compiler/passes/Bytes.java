package io.edgewright.compiler.passes;

import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.stream.LongStream;

/// Functions of one byte have 256 arguments: few enough to try them all.
final class Bytes {
  private static final int COUNT = 256;

  private Bytes() {}

  /// Every byte of a type, the least first.
  static Tensor all(ElementType type) {
    long least = type == ElementType.INT8 ? Byte.MIN_VALUE : 0;
    long[] numbers = LongStream.range(least, least + COUNT).toArray();
    return Tensor.ofIntegers(type, Shape.of(COUNT), numbers);
  }
}
