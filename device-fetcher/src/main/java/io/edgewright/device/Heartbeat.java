package io.edgewright.device;

import io.edgewright.device.transport.Fetcher;
import io.edgewright.device.transport.Patience;
import io.edgewright.device.transport.WatchedAnswer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.Map;

/**
 * Tells systemd's watchdog that this program makes progress, so that it is started again when it
 * does not. Only what is progress beats: time that passes as planned, and bytes that come.
 *
 * <p>Java cannot send to the datagram socket that {@code sd_notify} wants, so {@code
 * systemd-notify} does, a few milliseconds three times in the watchdog's interval.
 */
final class Heartbeat {
  private static final int BEATS_PER_INTERVAL = 3;

  private final long intervalNanos;
  private final String notifier;
  private long last;

  private Heartbeat(long intervalNanos, String notifier) {
    this.intervalNanos = intervalNanos;
    this.notifier = notifier;
    this.last = System.nanoTime() - intervalNanos;
  }

  /** Without a watchdog in the environment nothing ever beats. */
  static Heartbeat of(Map<String, String> environment, String notifier) {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    boolean isWatched =
        micros.matches("[1-9]\\d{0,15}") && environment.containsKey("NOTIFY_SOCKET");
    long interval = isWatched ? Long.parseLong(micros) * 1000 / BEATS_PER_INTERVAL : 0;
    return new Heartbeat(interval, notifier);
  }

  /** Beats where it is time to. */
  void beat() {
    if (intervalNanos > 0 && System.nanoTime() - last >= intervalNanos) {
      last = System.nanoTime();
      send();
    }
  }

  /** Waits, beating. */
  void sleep(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    beat();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      long piece = intervalNanos > 0 ? Math.min(left, intervalNanos) : left;
      Patience.sleep(Duration.ofNanos(piece).plusMillis(1));
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      beat();
    }
  }

  /** The same fetcher, beating whenever bytes come. */
  Fetcher listening(Fetcher fetcher) {
    return request -> {
      beat();
      Fetcher.Answer answer = fetcher.send(request);
      return new WatchedAnswer(answer, heard(answer.body()));
    };
  }

  private void send() {
    try {
      Process child =
          new ProcessBuilder(notifier, "WATCHDOG=1")
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      child.getOutputStream().close();
    } catch (IOException exception) {
      // Then systemd restarts the service, and its journal says that the watchdog did.
    }
  }

  private InputStream heard(InputStream body) {
    return new FilterInputStream(body) {
      @Override
      public int read(byte[] bytes, int offset, int count) throws IOException {
        beat();
        return super.read(bytes, offset, count);
      }
    };
  }
}
