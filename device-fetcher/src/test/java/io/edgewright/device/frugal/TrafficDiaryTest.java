package io.edgewright.device.frugal;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficDiaryTest {
  @TempDir Path folder;
  private Instant now = Instant.parse("2026-06-01T23:00:00Z");

  private TrafficDiary diary() {
    return new TrafficDiary(new LocalDisk(), folder.resolve("traffic.json"), () -> now);
  }

  private void wake(TrafficDiary diary) {
    for (int request = 0; request < 3; request++) {
      diary.sent(100);
      now = now.plusSeconds(2);
      diary.received(1000);
    }
  }

  @Test
  void countsBytesAndWakesByTheDayAcrossRestarts() {
    TrafficDiary first = diary();
    wake(first);
    now = now.plus(Duration.ofMinutes(30));
    wake(first);
    first.save();
    now = now.plus(Duration.ofHours(1));
    TrafficDiary second = diary();
    wake(second);
    second.save();

    assertThat(diary().fields())
        .containsExactly(day("2026-06-01", 2, 6, 600, 6000), day("2026-06-02", 1, 3, 300, 3000));
  }

  private static Map<String, Object> day(
      String day, long wakes, long requests, long sent, long received) {
    return new TrafficDiary.Day(day, wakes, requests, sent, received).fields();
  }

  @Test
  void keepsAWeek() {
    for (int day = 0; day < 20; day++) {
      TrafficDiary diary = diary();
      wake(diary);
      diary.save();
      now = now.plus(Duration.ofDays(1));
    }

    assertThat(diary().fields()).hasSize(8);
  }

  @Test
  void asksForAReportOnceADay() {
    assertThat(diary().claimHealthOfToday()).isTrue();
    TrafficDiary diary = diary();
    diary.claimHealthOfToday();
    diary.save();
    assertThat(diary().claimHealthOfToday()).isFalse();
    now = now.plus(Duration.ofDays(1));
    assertThat(diary().claimHealthOfToday()).isTrue();
  }

  @Test
  void beginsAnewWhereTheFileCannotBeRead() throws IOException {
    Files.writeString(folder.resolve("traffic.json"), "{\"days\":[{}]}");

    assertThat(diary().fields()).isEmpty();
  }
}
