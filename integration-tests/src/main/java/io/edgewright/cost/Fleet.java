package io.edgewright.cost;

import java.util.SplittableRandom;

/// Devices that poll as `device-fetcher` does: a quarter around their hour; after a failure within
/// a minute, then after twice as long, until they are back at the hour. All of it simulated, device
/// by device, second by second.
final class Fleet {
  private static final int HOUR = 3600;
  private static final int FIRST_RETRY = 60;
  private static final double LEAST = 0.75;
  private static final double SPREAD = 0.5;

  private final int devices;
  private final SplittableRandom random;

  Fleet(int devices, long seed) {
    this.devices = devices;
    this.random = new SplittableRandom(seed);
  }

  /// @param mean requests a second
  /// @param peak of the busiest second
  record Load(double mean, int peak) {}

  /// A day in which everything works, after devices have drifted apart.
  Load usualDay() {
    return count(24 * HOUR, 0);
  }

  /// What arrives after the service was out of reach: every device has failed, most of them more
  /// than once.
  ///
  /// @param outage its length in seconds
  Load afterOutage(int outage) {
    return count(HOUR, outage);
  }

  /// Requests that reach the service, second by second, from the end of the outage on.
  private Load count(int seconds, int outage) {
    int[] requests = new int[seconds];
    for (int device = 0; device < devices; device++) {
      int failures = 0;
      double at = random.nextDouble() * HOUR - HOUR;
      while (at < seconds) {
        boolean reached = outage == 0 || at < -outage || at >= 0;
        if (reached && at >= 0) {
          requests[(int) at]++;
        }
        failures = reached ? 0 : failures + 1;
        at += pause(failures);
      }
    }
    long sum = 0;
    int peak = 0;
    for (int count : requests) {
      sum += count;
      peak = Math.max(peak, count);
    }
    return new Load((double) sum / seconds, peak);
  }

  private double pause(int failures) {
    double most =
        failures == 0 ? HOUR : Math.min(HOUR, Math.scalb((double) FIRST_RETRY, failures - 1));
    return most * (LEAST + SPREAD * random.nextDouble());
  }
}
