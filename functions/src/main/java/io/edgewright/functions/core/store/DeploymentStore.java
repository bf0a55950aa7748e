package io.edgewright.functions.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The last deployment of every group, and what its canaries reported.
public interface DeploymentStore {
  Optional<Deployment> find(String group);

  /// Writes the record if it is the next revision, the first being 1, and its compilations exist.
  /// What canaries of an earlier deployment of the group reported is forgotten.
  Outcome write(Deployment next);

  /// By the names of the groups.
  ///
  /// @param cursor the `next` of the page before
  /// @throws IllegalArgumentException when the cursor is none of ours
  Page<Deployment> byGroup(int limit, Optional<String> cursor);

  /// The deployments that are being rolled out, by the names of the groups.
  List<Deployment> rollingOut();

  /// The groups whose devices may run the compilation, or would after a roll-back, sorted.
  List<String> groupsOf(String compilation);

  /// Notes what a device reported last.
  void note(Deployment deployment, String device, boolean good, Instant at);

  /// What devices reported since then, each counted once.
  Tally tally(Deployment deployment, Instant since);

  enum Outcome {
    WRITTEN,
    /// Somebody else was quicker.
    SUPERSEDED,
    COMPILATION_GONE
  }

  /// @param reported devices that reported at all
  /// @param failed those of them whose last report was bad
  record Tally(int reported, int failed) {}
}
