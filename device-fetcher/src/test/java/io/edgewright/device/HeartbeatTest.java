package io.edgewright.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.testing.FakeObject;
import io.edgewright.device.transport.Fetcher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** Stands in for systemd-notify: a line in a file for each message. */
  @BeforeEach
  void makeNotifier() throws IOException {
    Files.writeString(notifier(), "#!/bin/sh\necho \"$@\" >>" + folder.resolve("beats") + "\n");
    Files.setPosixFilePermissions(notifier(), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void beatsSeveralTimesInTheIntervalWhileItWaits() throws Exception {
    watched(300_000).sleep(Duration.ofMillis(700));

    assertThat(beats(3)).startsWith("WATCHDOG=1\nWATCHDOG=1\nWATCHDOG=1\n");
  }

  @Test
  void beatsNoMoreOftenThanItMust() throws Exception {
    Heartbeat heartbeat = watched(3_600_000_000L);
    for (int index = 0; index < 1000; index++) {
      heartbeat.beat();
    }

    assertThat(beats(1)).isEqualTo("WATCHDOG=1\n");
  }

  @Test
  void beatsWhileBytesCome() throws Exception {
    Fetcher fetcher = watched(3).listening(FakeObject.ofSize(100_000));

    Fetcher.Request request =
        new Fetcher.Request(
            "GET", URI.create("https://a.example"), Map.of("Range", "bytes=0-99999"), null);
    try (Fetcher.Answer answer = fetcher.send(request)) {
      assertThat(answer.status()).isEqualTo(206);
      assertThat(answer.header("ETag")).isPresent();
      assertThat(answer.body().readAllBytes()).hasSize(100_000);
    }

    assertThat(beats(2)).contains("WATCHDOG=1");
  }

  @Test
  void isSilentWithoutAWatchdog() throws Exception {
    Heartbeat.of(Map.of("NOTIFY_SOCKET", "x"), notifier().toString()).sleep(Duration.ofMillis(50));
    Heartbeat.of(Map.of("NOTIFY_SOCKET", "x", "WATCHDOG_USEC", "soon"), notifier().toString())
        .beat();

    assertThat(folder.resolve("beats")).doesNotExist();
  }

  private Heartbeat watched(long micros) {
    Map<String, String> environment =
        Map.of("NOTIFY_SOCKET", "/run/x", "WATCHDOG_USEC", String.valueOf(micros));
    return Heartbeat.of(environment, notifier().toString());
  }

  private Path notifier() {
    return folder.resolve("notify");
  }

  /** Waits for so many: the notifier is a process of its own. */
  private String beats(int count) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String seen = "";
    while (seen.lines().count() < count && System.nanoTime() < deadline) {
      Thread.sleep(10);
      Path file = folder.resolve("beats");
      seen = Files.exists(file) ? Files.readString(file) : "";
    }
    return seen;
  }
}
