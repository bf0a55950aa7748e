package io.edgewright.functions.embedded;

import io.edgewright.functions.core.EventLog;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Does something again and again, what a schedule of EventBridge does on AWS. A fault is logged,
/// and the next time is another try.
final class Ticker implements AutoCloseable {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ticker").factory());

  Ticker(Duration every, Runnable work, EventLog log) {
    Runnable logged =
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            log.fault("tick", e);
          }
        };
    var _ =
        thread.scheduleWithFixedDelay(
            logged, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Returns when the last time is over.
  @Override
  public void close() {
    thread.close();
  }
}
