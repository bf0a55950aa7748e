package io.edgewright.device.update;

import io.edgewright.device.store.Store;
import io.edgewright.device.trust.ClockFloor;
import java.time.Instant;
import java.time.InstantSource;

/** The machine's clock, but never earlier than it can possibly be. */
public record FlooredClock(Store store, Instant buildTime, InstantSource machine)
    implements InstantSource {
  @Override
  public Instant instant() {
    return new ClockFloor(buildTime, store.state().verifiedAt()).now(machine.instant());
  }
}
