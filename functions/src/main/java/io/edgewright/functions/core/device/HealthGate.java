package io.edgewright.functions.core.device;

import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.Deployment.Gate;
import io.edgewright.functions.core.store.DeploymentStore.Tally;
import java.time.Instant;

/// Decides whether a stage of a roll-out has passed, has failed, or goes on.
final class HealthGate {
  private HealthGate() {}

  /// Devices that can report in a stage.
  ///
  /// @param all canaries of this stage
  /// @param added those that were none in the stage before
  record Audience(int all, int added) {}

  sealed interface Verdict {
    record Pass() implements Verdict {}

    record Fail(String because) implements Verdict {}

    record Wait() implements Verdict {}
  }

  /// Whether the verdict depends on how many canaries there are, which is costly to count: not when
  /// as many have reported as a large group needs, and not before there is anything to decide.
  static boolean needsAudience(Deployment deployment, Tally tally, Instant now) {
    boolean quiet = tally.failed() == 0 && !isObserved(deployment, now);
    return tally.reported() < deployment.rollout().gate().leastReports() && !quiet;
  }

  private static boolean isObserved(Deployment deployment, Instant now) {
    return !now.isBefore(deployment.since().plus(deployment.rollout().gate().observation()));
  }

  /// Too many failures end a stage as soon as enough devices have reported; a pass takes the whole
  /// time, because a model can also fail later.
  static Verdict judge(Deployment deployment, Tally tally, Audience audience, Instant now) {
    Gate gate = deployment.rollout().gate();
    boolean tooMany = tally.failed() * 100L > (long) gate.mostFailedPercent() * tally.reported();
    if (tooMany && tally.reported() >= Math.min(gate.leastReports(), audience.all())) {
      return new Verdict.Fail(
          "%d of %d devices that reported at %d %% failed; at most %d %% may"
              .formatted(
                  tally.failed(),
                  tally.reported(),
                  deployment.percent(),
                  gate.mostFailedPercent()));
    }
    boolean enough = tally.reported() >= Math.min(gate.leastReports(), audience.added());
    return enough && !tooMany && isObserved(deployment, now)
        ? new Verdict.Pass()
        : new Verdict.Wait();
  }
}
