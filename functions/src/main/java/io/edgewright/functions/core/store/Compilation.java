package io.edgewright.functions.core.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceProblem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One model with one manifest, compiled by one compiler for some targets.
///
/// @param id hex sha-256 of model, normalised manifest and compiler: the same request has the same
///   id
/// @param attempt counts the runs of the workflow; whoever writes must know the current one
/// @param manifest the digest of the normalised manifest, by which it is stored
/// @param problems of the model or the request as a whole; targets carry their own
public record Compilation(
    String id,
    int attempt,
    String name,
    Digest model,
    Digest manifest,
    Digest compiler,
    State state,
    Instant createdAt,
    Instant updatedAt,
    List<ServiceProblem> problems,
    List<TargetStatus> targets) {

  public Compilation {
    problems = List.copyOf(problems);
    targets = List.copyOf(targets);
  }

  public Optional<TargetStatus> target(String id) {
    return targets.stream().filter(target -> target.target().equals(id)).findFirst();
  }

  /// How it ended, when its targets ended as they are now: done, partial or failed.
  public State outcome() {
    long done = targets.stream().filter(target -> target.state() == State.DONE).count();
    if (done == targets.size()) {
      return State.DONE;
    }
    return done == 0 ? State.FAILED : State.PARTIAL;
  }

  public String modelKey() {
    return modelKey(model);
  }

  public String manifestKey() {
    return manifestKey(manifest);
  }

  public static String manifestKey(Digest manifest) {
    return "manifests/" + manifest.hex() + ".json";
  }

  public static String modelKey(Digest model) {
    return "models/" + model.hex();
  }

  /// What is there for a target only as long as the attempt works on it.
  public List<String> passingKeys(String target) {
    return passingKeys(id, attempt, target);
  }

  public static List<String> passingKeys(String id, int attempt, String target) {
    return List.of(jobKey(id, attempt, target), stagingKey(id, attempt, target));
  }

  /// Where the manifest for one target lies for its worker: beside the models, because that is all
  /// that a worker may read.
  public static String jobKey(String id, int attempt, String target) {
    return "models/jobs/" + id + "/" + attempt + "/" + target + ".json";
  }

  /// Where a worker leaves a bundle until it is verified.
  public static String stagingKey(String id, int attempt, String target) {
    return "staging/" + id + "/" + attempt + "/" + target + ".zip";
  }
}
