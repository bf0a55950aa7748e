package io.edgewright.device.results;

import io.edgewright.device.bundle.ResultPolicy;
import java.util.random.RandomGenerator;

/** Decides which frames become samples. */
final class Sampler {
  private final ResultPolicy policy;
  private final RandomGenerator random;
  private String before = "";

  Sampler(ResultPolicy policy, RandomGenerator random) {
    this.policy = policy;
    this.random = random;
  }

  /**
   * Under {@code onChange} whatever differs from the frame before is one, that there is nothing any
   * more too; else whatever shows something.
   */
  boolean wants(Finding finding) {
    boolean differs = !finding.essence().equals(before);
    before = finding.essence();
    boolean isCandidate = policy.onChange() ? differs : !finding.isEmpty();
    return isCandidate && random.nextDouble() < policy.sampleRate();
  }
}
