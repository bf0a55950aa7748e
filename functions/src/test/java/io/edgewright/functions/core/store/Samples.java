package io.edgewright.functions.core.store;

import io.edgewright.compiler.diagnostics.Blame;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceProblem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Records to store in tests.
public final class Samples {
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  public static final ServiceProblem PROBLEM =
      new ServiceProblem("EW-1004", Blame.CALLER, "node `n`", "`Foo`", "`Conv`", "replace it");

  private Samples() {}

  public static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  public static Compilation compilation(String seed, Instant at, String... targets) {
    return new Compilation(
        digest(seed).hex(),
        1,
        "name-" + seed,
        digest(seed + " model"),
        digest(seed + " manifest"),
        digest("compiler"),
        State.QUEUED,
        at,
        at,
        List.of(),
        Stream.of(targets).map(TargetStatus::queued).toList());
  }

  public static Artifact artifact(String seed) {
    return new Artifact(seed + ".zip", digest(seed), 1234, Artifact.Verification.NATIVE);
  }

  /// The first deployment of a group, done.
  public static Deployment deployment(String group, String compilation) {
    return new Deployment(
        group,
        1,
        compilation,
        Optional.empty(),
        Deployment.Rollout.AT_ONCE,
        Deployment.Phase.DONE,
        0,
        NOON,
        NOON,
        "",
        1);
  }

  /// The next one of its group, done.
  public static Deployment deploymentAfter(Deployment before, String compilation) {
    return new Deployment(
        before.group(),
        before.number() + 1,
        compilation,
        Optional.of(before.compilation()),
        before.rollout(),
        Deployment.Phase.DONE,
        0,
        NOON,
        NOON,
        "",
        before.revision() + 1);
  }
}
