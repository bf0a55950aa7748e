package io.edgewright.functions.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the devices of a group are to run, and how far they are on the way to it.
///
/// @param number counts the deployments of the group, from 1
/// @param compilation what was deployed
/// @param previous what the group ran before, absent when it ran nothing
/// @param stage the index of the stage that the roll-out is or was in
/// @param startedAt when it was asked for
/// @param since when this phase, or this stage of it, began
/// @param reason why it was halted or rolled back; empty otherwise
/// @param revision counts the changes of the group's record; whoever writes must know the last one
public record Deployment(
    String group,
    int number,
    String compilation,
    Optional<String> previous,
    Rollout rollout,
    Phase phase,
    int stage,
    Instant startedAt,
    Instant since,
    String reason,
    int revision) {

  /// How a deployment reaches the devices.
  ///
  /// @param stages rising percentages of the group's devices, the last one 100
  public record Rollout(List<Integer> stages, Gate gate) {
    /// At once, with nothing to wait for.
    public static final Rollout AT_ONCE =
        new Rollout(List.of(100), new Gate(100, 0, Duration.ZERO));

    public Rollout {
      stages = List.copyOf(stages);
    }
  }

  /// What a stage has to pass before the next one begins.
  ///
  /// @param mostFailedPercent of the devices that reported in this stage
  /// @param leastReports how many devices must have reported, or all, where a stage has fewer
  /// @param observation how long a stage lasts at least
  public record Gate(int mostFailedPercent, int leastReports, Duration observation) {}

  public enum Phase {
    /// Canaries run it, the others what ran before.
    ROLLING_OUT,
    /// All run it.
    DONE,
    /// Too many canaries failed: all run what ran before.
    HALTED,
    /// An operator took it back: all run what ran before.
    ROLLED_BACK;

    /// The word that stores and answers use.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Phase ofWord(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /// What chooses the canaries together with their own ids.
  public String name() {
    return group + "/" + number;
  }

  /// The share of the group's devices that are canaries in this stage.
  public int percent() {
    return rollout.stages().get(stage);
  }

  /// That share in the stage before.
  public int percentBefore() {
    return stage == 0 ? 0 : rollout.stages().get(stage - 1);
  }

  public boolean isLastStage() {
    return stage == rollout.stages().size() - 1;
  }

  /// What devices run that are no canaries.
  public Optional<String> everyone() {
    return switch (phase) {
      case DONE -> Optional.of(compilation);
      case ROLLING_OUT, HALTED, ROLLED_BACK -> previous;
    };
  }

  /// What canaries run, while there are any.
  public Optional<String> canaries() {
    return switch (phase) {
      case ROLLING_OUT -> Optional.of(compilation);
      case DONE, HALTED, ROLLED_BACK -> Optional.empty();
    };
  }

  public Deployment enter(Phase next, String because, Instant at) {
    return new Deployment(
        group,
        number,
        compilation,
        previous,
        rollout,
        next,
        stage,
        startedAt,
        at,
        because,
        revision + 1);
  }

  public Deployment enterStage(int next, Instant at) {
    return new Deployment(
        group,
        number,
        compilation,
        previous,
        rollout,
        phase,
        next,
        startedAt,
        at,
        reason,
        revision + 1);
  }
}
