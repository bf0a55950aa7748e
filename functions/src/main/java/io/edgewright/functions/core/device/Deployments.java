package io.edgewright.functions.core.device;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.compilation.Compilations;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.Deployment.Phase;
import io.edgewright.functions.core.store.Deployment.Rollout;
import io.edgewright.functions.core.store.DeploymentStore;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.MetadataSigning;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.trust.PublishedMetadata;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What each group runs: an operator deploys a compilation, in stages or at once, and may take it
/// back. [Rollouts] does the rest.
public final class Deployments {
  private final DeploymentStore deployments;
  private final CompilationStore compilations;
  private final MetadataSigning signing;
  private final PublishedMetadata metadata;
  private final Clock clock;

  public Deployments(
      DeploymentStore deployments,
      CompilationStore compilations,
      MetadataSigning signing,
      PublishedMetadata metadata,
      Clock clock) {
    this.deployments = deployments;
    this.compilations = compilations;
    this.signing = signing;
    this.metadata = metadata;
    this.clock = clock;
  }

  /// Deploys a compilation to a group. What is asked for twice is done once. Asked for again with
  /// other stages, the same roll-out goes on with these, and its canaries stay canaries.
  ///
  /// @throws ServiceException when there is no such compilation or nothing of it is done
  public Deployment deploy(String group, String compilation, Rollout rollout) {
    checkDeployable(compilation);
    while (true) {
      Optional<Deployment> before = deployments.find(group);
      Deployment next = next(before, group, compilation, rollout);
      if (before.filter(next::equals).isPresent() || write(next)) {
        signing.signGroup(group);
        return next;
      }
    }
  }

  private boolean write(Deployment next) {
    return switch (deployments.write(next)) {
      case WRITTEN -> true;
      case SUPERSEDED -> false;
      case COMPILATION_GONE -> throw Compilations.unknown(next.compilation());
    };
  }

  private void checkDeployable(String compilation) {
    Compilation found =
        compilations.find(compilation).orElseThrow(() -> Compilations.unknown(compilation));
    if (!found.state().isFinal() || GroupFiles.files(found, Optional.empty()).findAny().isEmpty()) {
      throw new ServiceException(
          ServiceErrorCode.COMPILATION_NOT_DEPLOYABLE,
          "/compilation",
          "`" + compilation + "` is " + found.state().word(),
          "a compilation that is done, or partial with at least one bundle",
          found.state().isFinal()
              ? "read its problems and post a request that compiles"
              : "wait until it is done, then deploy");
    }
  }

  private Deployment next(
      Optional<Deployment> before, String group, String compilation, Rollout rollout) {
    Instant now = now();
    Phase phase = rollout.equals(Rollout.AT_ONCE) ? Phase.DONE : Phase.ROLLING_OUT;
    Optional<Deployment> same =
        before
            .filter(old -> old.compilation().equals(compilation))
            .filter(old -> old.phase() == Phase.ROLLING_OUT || old.phase() == Phase.DONE);
    // What all devices run already needs no stages.
    boolean unchanged =
        same.filter(old -> old.phase() == Phase.DONE || old.rollout().equals(rollout)).isPresent();
    return unchanged
        ? same.orElseThrow()
        : new Deployment(
            group,
            same.map(Deployment::number).orElse(before.map(Deployment::number).orElse(0) + 1),
            compilation,
            same.map(Deployment::previous).orElse(before.flatMap(Deployment::everyone)),
            rollout,
            phase,
            0,
            same.map(Deployment::startedAt).orElse(now),
            now,
            "",
            before.map(Deployment::revision).orElse(0) + 1);
  }

  /// As exact as stores keep it, so that an answer and the next one say the same.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /// Returns all devices of the group to what it ran before. A deployment that was taken back or
  /// halted stays as it is.
  ///
  /// @throws ServiceException when nothing was ever deployed to the group
  public Deployment rollBack(String group) {
    return change(
        group,
        deployment ->
            switch (deployment.phase()) {
              case HALTED, ROLLED_BACK -> deployment;
              case ROLLING_OUT, DONE ->
                  deployment.enter(Phase.ROLLED_BACK, "an operator took it back", now());
            });
  }

  private Deployment change(String group, UnaryOperator<Deployment> change) {
    while (true) {
      Deployment before = get(group);
      Deployment next = change.apply(before);
      if (next.equals(before) || write(next)) {
        signing.signGroup(group);
        return next;
      }
    }
  }

  /// @throws ServiceException when nothing was ever deployed to the group
  public Deployment get(String group) {
    return deployments.find(group).orElseThrow(() -> nothingDeployed(group));
  }

  static ServiceException nothingDeployed(String group) {
    return new ServiceException(
        ServiceErrorCode.DEPLOYMENT_UNKNOWN,
        "the group `" + group + "`",
        "nothing was ever deployed to it",
        "a group that a compilation was deployed to",
        "list them with `GET /v1/deployments`");
  }

  /// The groups whose devices may run the compilation, or would after a roll-back, sorted.
  public List<String> groupsOf(Compilation compilation) {
    return deployments.groupsOf(compilation.id());
  }

  /// What the device should run.
  public Optional<Compilation> meantFor(Device device) {
    return deployments
        .find(device.group())
        .flatMap(deployment ->
            deployment
                .canaries()
                .filter(candidate -> GroupFiles.canaries(deployment).include(device.id()))
                .or(deployment::everyone))
        .flatMap(compilations::find);
  }

  /// @throws IllegalArgumentException when the cursor is none of ours
  public Page<Deployment> byGroup(int limit, Optional<String> cursor) {
    return deployments.byGroup(limit, cursor);
  }

  /// Has signed what the records say where the metadata says otherwise, because a process ended
  /// before it had asked for it, or nears its end.
  public void signAll() {
    Optional<String> cursor = Optional.empty();
    var files = new GroupFiles(compilations);
    do {
      Page<Deployment> page = byGroup(100, cursor);
      page.items().stream()
          .filter(deployment -> !metadata.says(deployment.group(), files.of(deployment)))
          .forEach(deployment -> signing.signGroup(deployment.group()));
      cursor = page.next();
    } while (cursor.isPresent());
  }
}
