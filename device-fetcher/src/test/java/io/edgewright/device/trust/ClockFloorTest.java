package io.edgewright.device.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockFloorTest {
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-07-01T00:00:00Z");

  private final ClockFloor floor = new ClockFloor(BUILT, Instant.EPOCH);

  @Test
  void isNeverBeforeTheProgramWasBuilt() {
    assertThat(floor.now(Instant.EPOCH)).isEqualTo(BUILT);
  }

  @Test
  void isNeverBeforeTheLastVerifiedMetadata() {
    assertThat(new ClockFloor(BUILT, LATER).now(Instant.EPOCH)).isEqualTo(LATER);
  }

  @Test
  void followsAClockThatIsAhead() {
    assertThat(floor.now(LATER)).isEqualTo(LATER);
  }
}
