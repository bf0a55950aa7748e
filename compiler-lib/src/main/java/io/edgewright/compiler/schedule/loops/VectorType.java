package io.edgewright.compiler.schedule.loops;

import io.edgewright.compiler.tensor.ElementType;

/// Type of a variable in a kernel: `lanes` elements side by side; one lane is a scalar.
public record VectorType(ElementType element, int lanes) {
  /// The type of loop counters, positions and task numbers.
  public static final VectorType INDEX = new VectorType(ElementType.INT64, 1);

  public VectorType {
    if (Integer.bitCount(lanes) != 1) {
      throw new IllegalArgumentException("lanes are a power of two, not " + lanes);
    }
  }

  public boolean isScalar() {
    return lanes == 1;
  }

  public static VectorType floats(int lanes) {
    return new VectorType(ElementType.FLOAT32, lanes);
  }
}
