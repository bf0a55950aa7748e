package io.edgewright.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PollScheduleTest {
  private final PollSchedule schedule = new PollSchedule(Duration.ofHours(1), new Random(1));

  @Test
  void pollsAroundTheUsualTime() {
    Set<Duration> seen = new HashSet<>();
    for (int poll = 0; poll < 100; poll++) {
      Duration next = schedule.next(true);
      assertThat(next).isBetween(Duration.ofMinutes(45), Duration.ofMinutes(75));
      seen.add(next);
    }
    assertThat(seen).hasSizeGreaterThan(90);
  }

  @Test
  void comesBackSoonerAfterAFailureAndThenLaterAndLater() {
    assertThat(schedule.next(false)).isLessThan(Duration.ofSeconds(76));
    assertThat(schedule.next(false)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(151));
    for (int failure = 0; failure < 50; failure++) {
      assertThat(schedule.next(false)).isLessThan(Duration.ofMinutes(76));
    }
    assertThat(schedule.next(true)).isGreaterThan(Duration.ofMinutes(44));
  }
}
