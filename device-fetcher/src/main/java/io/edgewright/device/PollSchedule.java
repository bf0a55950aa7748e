package io.edgewright.device;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** When to ask the service next. */
final class PollSchedule {
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);

  private final Duration usual;
  private final RandomGenerator random;
  private int failures;

  PollSchedule(Duration usual, RandomGenerator random) {
    this.usual = usual;
    this.random = random;
  }

  /**
   * A quarter around the usual time, so that devices that were switched on together drift apart.
   * After a failure sooner, then later and later, never later than usual.
   */
  Duration next(boolean reached) {
    failures = reached ? 0 : failures + 1;
    long most = usual.toMillis();
    if (failures > 0) {
      most = Math.min(most, FIRST_RETRY.toMillis() << Math.min(failures - 1, 20));
    }
    return Duration.ofMillis((long) (most * (0.75 + 0.5 * random.nextDouble())));
  }
}
