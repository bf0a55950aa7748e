package io.edgewright.compiler;

import io.edgewright.compiler.bundle.Footprint;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.manifest.Budget;
import io.edgewright.compiler.target.Target;
import java.util.List;
import java.util.stream.Stream;

/// What a program needs and does not have: more than its budget, or more than its device.
final class Shortage {
  private Shortage() {}

  static List<Problem> problems(
      Budget budget, Target target, long arenaBytes, long weightsBytes, double latencyMillis) {
    return Stream.concat(
            budget.problems(target.id(), arenaBytes, weightsBytes, latencyMillis).stream(),
            Footprint.atLeast(weightsBytes, arenaBytes).problems(target).stream())
        .toList();
  }
}
