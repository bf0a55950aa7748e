package io.edgewright.compiler.manifest;

import java.util.Map;
import java.util.Optional;

/// How the device runs the model, and what it tells of the results.
///
/// @param everyMillis from the start of one frame to the start of the next; 0 takes each frame as
///   it comes
/// @param results absent: results stay on the device
public record RunPlan(
    int everyMillis, int threads, RunLimits limits, Optional<ResultPolicy> results) {
  public static final RunPlan DEFAULT = new RunPlan(0, 1, RunLimits.NONE, Optional.empty());

  /// Its canonical fields, as manifests and bundles have them.
  public Map<String, Object> normalForm() {
    return NormalForm.run(this);
  }
}
