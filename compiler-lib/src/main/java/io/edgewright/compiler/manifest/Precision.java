package io.edgewright.compiler.manifest;

/// Arithmetic of the compiled model.
public enum Precision {
  /// Floats of 32 bits. Convolutions may be made of transformed values (Winograd), which is faster
  /// and has about six times the rounding error of a direct sum.
  FP32,
  /// The same, with every convolution a direct sum of products.
  FP32_DIRECT
}
