package io.edgewright.device.frugal;

import java.time.Duration;

/** Keeps an average power by pauses: energy that was spent is waited for. */
final class PowerAllowance {
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

  private double joules;
  private double seconds;
  private double idleJoules;
  private double idleSeconds;

  /** Notes what was spent while something ran. */
  void spent(double moreJoules, Duration time) {
    joules += moreJoules;
    seconds += time.toNanos() / 1e9;
  }

  /** Notes what was spent in a pause. */
  void rested(double moreJoules, Duration time) {
    spent(moreJoules, time);
    idleJoules += moreJoules;
    idleSeconds += time.toNanos() / 1e9;
  }

  /**
   * How long to pause so that the mean of everything noted since the last time it held is at most
   * so many watts; zero when it holds. A device that draws more at rest than it may is given the
   * longest pause.
   */
  Duration pause(double watts) {
    double tooMuch = joules - watts * seconds;
    if (tooMuch <= 0) {
      joules = 0;
      seconds = 0;
      return Duration.ZERO;
    }
    double idleWatts = idleSeconds > 0 ? idleJoules / idleSeconds : 0;
    if (idleWatts >= watts) {
      return LONGEST_PAUSE;
    }
    Duration pause = Duration.ofNanos((long) (tooMuch / (watts - idleWatts) * 1e9));
    return pause.compareTo(LONGEST_PAUSE) > 0
        ? LONGEST_PAUSE
        : pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
  }

  boolean isHopeless(double watts) {
    return idleSeconds > 0 && idleJoules / idleSeconds >= watts;
  }
}
