package io.edgewright.compiler.manifest;

import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import java.util.Optional;

/// What the compiled model may cost on its device.
///
/// @param memoryBytes arena and weights together
public record Budget(Optional<Double> latencyMillis, Optional<Long> memoryBytes) {
  public static final Budget NONE = new Budget(Optional.empty(), Optional.empty());

  /// What is wrong with an artifact that needs so much memory, if anything.
  public Optional<Problem> memoryProblem(String target, long arenaBytes, long weightsBytes) {
    long needed = Math.addExact(arenaBytes, weightsBytes);
    if (memoryBytes.isEmpty() || needed <= memoryBytes.get()) {
      return Optional.empty();
    }
    long allowed = memoryBytes.get();
    return Optional.of(
        new Problem(
            ErrorCode.BUDGET_EXCEEDED,
            Location.manifest("/budget/memoryBytes"),
            "`%s` needs %d bytes, %d more than the budget: arena %d, weights %d"
                .formatted(target, needed, needed - allowed, arenaBytes, weightsBytes),
            "at most " + allowed + " bytes",
            "raise `memoryBytes` to " + needed + ", or take a smaller model or input picture"));
  }
}
