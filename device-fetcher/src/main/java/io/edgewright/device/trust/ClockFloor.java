package io.edgewright.device.trust;

import java.time.Instant;

/**
 * The earliest time that it can possibly be. A small board has no clock of its own and wakes up in
 * 1970; without a floor, metadata that expired long ago would look fresh to it.
 *
 * <p>The floor rises only to times at which a whole set of metadata was verified as fresh. It can
 * therefore never pass the expiry of metadata that was once accepted, and a clock that jumped ahead
 * for a day cannot lock the device out for good.
 */
public record ClockFloor(Instant buildTime, Instant lastVerified) {

  /** The time to judge by. */
  public Instant now(Instant clock) {
    return latest(clock, latest(buildTime, lastVerified));
  }

  private static Instant latest(Instant left, Instant right) {
    return left.isAfter(right) ? left : right;
  }
}
