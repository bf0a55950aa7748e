package io.edgewright.functions.aws.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/// Tries again what collided with another's write, after a random time that may grow: full jitter.
/// The SDK does the same with throttling and faults of a service, but takes collisions for an
/// answer.
record Backoff(int tries, Duration first, Duration longest) {
  /// Seeded anew by the system: copies of one snapshot must not wait for the same times.
  private static final SecureRandom RANDOM = new SecureRandom();

  static final Backoff STANDARD = new Backoff(12, Duration.ofMillis(25), Duration.ofSeconds(1));

  interface Collision {
    boolean isIn(SdkException fault);
  }

  <T> T call(Supplier<T> work, Collision collision) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (SdkException e) {
        if (attempt == tries || !collision.isIn(e)) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  /// The most that the pause after this try can be.
  Duration most(int attempt) {
    long millis = first.toMillis() << Math.min(attempt - 1, 20);
    return Duration.ofMillis(Math.min(millis, longest.toMillis()));
  }

  /// Waits before the try after this one.
  ///
  /// @throws IllegalStateException when all tries are used up, or the thread was interrupted
  void pause(int attempt) {
    if (attempt >= tries) {
      throw new IllegalStateException("no success within " + tries + " tries");
    }
    try {
      Thread.sleep(RANDOM.nextLong(most(attempt).toMillis() + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it waited for another try", e);
    }
  }
}
