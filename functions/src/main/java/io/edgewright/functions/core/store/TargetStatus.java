package io.edgewright.functions.core.store;

import io.edgewright.functions.core.ServiceProblem;
import java.util.List;
import java.util.Optional;

/// One target of a compilation.
///
/// @param stage the compiler's or the workflow's word for what is being done
/// @param percent 0 to 100, never goes down within an attempt
/// @param artifact there exactly when the state is done
public record TargetStatus(
    String target,
    State state,
    String stage,
    int percent,
    List<ServiceProblem> problems,
    Optional<Artifact> artifact) {

  public TargetStatus {
    problems = List.copyOf(problems);
    if (percent < 0 || percent > 100 || (state == State.DONE) != artifact.isPresent()) {
      throw new IllegalArgumentException("impossible status of " + target + ": " + state);
    }
  }

  public static TargetStatus queued(String target) {
    return new TargetStatus(target, State.QUEUED, "queued", 0, List.of(), Optional.empty());
  }

  public static TargetStatus running(String target, String stage, int percent) {
    return new TargetStatus(target, State.RUNNING, stage, percent, List.of(), Optional.empty());
  }

  public static TargetStatus done(String target, Artifact artifact) {
    return new TargetStatus(target, State.DONE, "published", 100, List.of(), Optional.of(artifact));
  }

  /// Failed in the stage, and at the percentage, where it was.
  public TargetStatus failed(List<ServiceProblem> because) {
    return new TargetStatus(target, State.FAILED, stage, percent, because, Optional.empty());
  }
}
