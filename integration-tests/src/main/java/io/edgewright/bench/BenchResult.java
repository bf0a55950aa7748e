package io.edgewright.bench;

import java.util.List;

/// A whole run.
///
/// @param runtimeVersion ONNX Runtime's
/// @param failures models that could not be measured, and why
record BenchResult(
    Machine machine,
    String runtimeVersion,
    boolean quick,
    List<Measurement> measurements,
    List<Failure> failures) {

  record Failure(String model, String reason) {}

  BenchResult {
    measurements = List.copyOf(measurements);
    failures = List.copyOf(failures);
  }

  List<Measurement> of(boolean quantised) {
    return measurements.stream().filter(m -> m.model().quantised() == quantised).toList();
  }
}
