package io.edgewright.functions.core.workflow;

import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.TargetStatus;
import java.time.Clock;
import java.util.Map;

/// Keeps how far each target is in its record, and ends the work of an attempt that is over.
public final class RecordedProgress implements Progress {
  /// How far a compilation is when a stage begins, measured on networks of 1 to 20 MB.
  private static final Map<String, Integer> PERCENT_AT =
      Map.of(
          "read",
          2,
          "import",
          5,
          "optimise",
          10,
          "schedule",
          20,
          "compile",
          30,
          "verify",
          75,
          "bundle",
          90,
          VerifyStep.CHECKED,
          95);

  private final CompilationStore compilations;
  private final Clock clock;

  public RecordedProgress(CompilationStore compilations, Clock clock) {
    this.compilations = compilations;
    this.clock = clock;
  }

  @Override
  public void reached(Task task, String stage) {
    Attempt attempt = new Attempt(compilations, clock, task.compilation(), task.attempt());
    // A stage that a newer compiler has, and this table does not, moves nothing.
    int before = attempt.load(task.target()).percent();
    int percent = Math.max(before, PERCENT_AT.getOrDefault(stage, before));
    if (!attempt.setTarget(TargetStatus.running(task.target(), stage, percent))) {
      throw attempt.superseded();
    }
  }
}
