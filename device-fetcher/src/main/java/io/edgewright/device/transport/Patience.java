package io.edgewright.device.transport;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How much this device puts up with before it gives up until the next poll.
 *
 * @param attempts tries in a row that bring nothing
 * @param firstDelay the longest pause after the first failure; it doubles with every further one
 * @param longestDelay where the doubling ends
 * @param exchange how long one small exchange may take in all
 * @param rangeBytes how much of a file is asked for at a time
 * @param leastBytesPerSecond slower than this, a range is given up
 */
public record Patience(
    int attempts,
    Duration firstDelay,
    Duration longestDelay,
    Duration exchange,
    int rangeBytes,
    long leastBytesPerSecond) {
  public static final Patience USUAL =
      new Patience(
          5,
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          1 << 20,
          1 << 10);

  /** Waits; a fake waits in no time. */
  public interface Pause {
    void sleep(Duration duration);
  }

  /** The real clock's pause. */
  public static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Anything from nothing to the full delay ("full jitter"), so that a thousand devices that lost
   * the same service do not come back in the same second.
   */
  public Duration delay(int failures, RandomGenerator random) {
    long most = firstDelay.toMillis() << Math.min(failures - 1, 20);
    return Duration.ofMillis(random.nextLong(Math.min(most, longestDelay.toMillis()) + 1));
  }

  Duration forRange(long bytes) {
    return exchange.plusSeconds(bytes / leastBytesPerSecond);
  }
}
