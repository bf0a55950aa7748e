package io.edgewright.functions.core.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.device.HealthGate.Audience;
import io.edgewright.functions.core.device.HealthGate.Verdict;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.Deployment.Phase;
import io.edgewright.functions.core.store.DeploymentStore;
import io.edgewright.functions.core.store.DeploymentStore.Outcome;
import io.edgewright.functions.core.store.DeploymentStore.Tally;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.DeviceStore;
import io.edgewright.functions.core.store.MetadataSigning;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.TargetStatus;
import io.edgewright.functions.core.trust.Canaries;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// Moves roll-outs on: to the next stage when the canaries do well, back when they do not.
public final class Rollouts {
  private static final int PAGE = 1000;

  private final DeploymentStore deployments;
  private final CompilationStore compilations;
  private final DeviceStore devices;
  private final MetadataSigning signing;
  private final Clock clock;

  public Rollouts(
      DeploymentStore deployments,
      CompilationStore compilations,
      DeviceStore devices,
      MetadataSigning signing,
      Clock clock) {
    this.deployments = deployments;
    this.compilations = compilations;
    this.devices = devices;
    this.signing = signing;
    this.clock = clock;
  }

  /// How a stage stands.
  ///
  /// @param canaries devices that are to run the new bundle in this stage
  /// @param tally what was reported in this stage
  public record Standing(Deployment deployment, int canaries, Tally tally) {}

  /// Judges every roll-out. Called every few seconds, because time alone ends stages too.
  public void advanceAll() {
    deployments.rollingOut().forEach(this::advance);
  }

  /// Counts what a canary reported about the bundle that is being rolled out, and judges at once.
  public void hearAndJudge(Device device, ObjectNode report) {
    hear(device, report).ifPresent(this::advance);
  }

  /// Counts what a canary reported about the bundle that is being rolled out. What follows from it
  /// is left to the next [#advanceAll]: whoever hears devices need not be able to sign.
  ///
  /// @return the deployment that it was about, if it was counted
  public Optional<Deployment> hear(Device device, ObjectNode report) {
    Optional<Boolean> good =
        switch (report.path("event").asText()) {
          case "activated" -> Optional.of(true);
          case "failed", "rolled-back" -> Optional.of(false);
          default -> Optional.empty();
        };
    Optional<Deployment> about =
        deployments
            .find(device.group())
            .filter(deployment -> isAbout(deployment, device, report.path("bundle").asText()));
    if (good.isEmpty() || about.isEmpty()) {
      return Optional.empty();
    }
    deployments.note(about.get(), device.id(), good.get(), clock.instant());
    return about;
  }

  private boolean isAbout(Deployment deployment, Device device, String bundle) {
    return deployment.phase() == Phase.ROLLING_OUT
        && GroupFiles.canaries(deployment).include(device.id())
        && compilations
            .find(deployment.compilation())
            .flatMap(compilation -> compilation.target(device.target()))
            .flatMap(TargetStatus::artifact)
            .filter(artifact -> artifact.digest().toString().equals(bundle))
            .isPresent();
  }

  /// The state of the deployment as of now.
  public Standing standing(Deployment deployment) {
    return new Standing(
        deployment,
        deployment.phase() == Phase.ROLLING_OUT ? audience(deployment).all() : 0,
        deployments.tally(deployment, deployment.since()));
  }

  private void advance(Deployment deployment) {
    Instant now = clock.instant();
    Tally tally = deployments.tally(deployment, deployment.since());
    Audience audience =
        HealthGate.needsAudience(deployment, tally, now)
            ? audience(deployment)
            : new Audience(Integer.MAX_VALUE, Integer.MAX_VALUE);
    Optional<Deployment> next =
        switch (HealthGate.judge(deployment, tally, audience, now)) {
          case Verdict.Wait _ -> Optional.empty();
          case Verdict.Fail(String because) ->
              Optional.of(deployment.enter(Phase.HALTED, because, now));
          case Verdict.Pass _ ->
              Optional.of(
                  deployment.isLastStage()
                      ? deployment.enter(Phase.DONE, "", now)
                      : deployment.enterStage(deployment.stage() + 1, now));
        };
    // Whoever was quicker has signed what there is to sign.
    if (next.isPresent() && deployments.write(next.get()) == Outcome.WRITTEN) {
      signing.signGroup(deployment.group());
    }
  }

  private Audience audience(Deployment deployment) {
    Canaries now = GroupFiles.canaries(deployment);
    Canaries before = new Canaries(deployment.name(), deployment.percentBefore());
    Compilation compilation = compilations.find(deployment.compilation()).orElseThrow();
    int all = 0;
    int added = 0;
    Optional<String> cursor = Optional.empty();
    do {
      Page<Device> page = devices.newestFirst(Optional.of(deployment.group()), PAGE, cursor);
      for (Device device : page.items()) {
        if (canRun(device, compilation) && now.include(device.id())) {
          all++;
          added += before.include(device.id()) ? 0 : 1;
        }
      }
      cursor = page.next();
    } while (cursor.isPresent());
    return new Audience(all, added);
  }

  private static boolean canRun(Device device, Compilation compilation) {
    return device.revokedAt().isEmpty()
        && compilation.target(device.target()).flatMap(TargetStatus::artifact).isPresent();
  }
}
