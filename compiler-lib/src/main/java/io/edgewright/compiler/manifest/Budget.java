package io.edgewright.compiler.manifest;

import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the compiled model may cost on its device.
///
/// @param memoryBytes arena and weights together
public record Budget(Optional<Double> latencyMillis, Optional<Long> memoryBytes) {
  public static final Budget NONE = new Budget(Optional.empty(), Optional.empty());

  /// Everything that an artifact breaks.
  public List<Problem> problems(
      String target, long arenaBytes, long weightsBytes, double predictedMillis) {
    return Stream.of(
            memoryProblem(target, arenaBytes, weightsBytes),
            latencyProblem(target, predictedMillis))
        .flatMap(Optional::stream)
        .toList();
  }

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

  /// What is wrong with an artifact that is predicted to take so long, if anything.
  public Optional<Problem> latencyProblem(String target, double predictedMillis) {
    if (latencyMillis.isEmpty() || predictedMillis <= latencyMillis.get()) {
      return Optional.empty();
    }
    double allowed = latencyMillis.get();
    return Optional.of(
        new Problem(
            ErrorCode.BUDGET_EXCEEDED,
            Location.manifest("/budget/latencyMillis"),
            String.format(
                Locale.ROOT,
                "`%s` is predicted to take %.1f ms, %.1f ms more than the budget",
                target,
                predictedMillis,
                predictedMillis - allowed),
            String.format(Locale.ROOT, "at most %.1f ms", allowed),
            "raise `latencyMillis`, or take a faster device, a smaller model or input picture"));
  }
}
