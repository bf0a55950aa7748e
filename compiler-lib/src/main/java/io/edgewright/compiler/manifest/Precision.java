package io.edgewright.compiler.manifest;

/// Arithmetic of the compiled model.
public enum Precision {
  FP32
}
