package io.edgewright.device.run;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Kills a child that is not finished in time; whoever waits for it then sees its pipes close. */
public final class Watchdog implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watchdog");
        thread.setDaemon(true);
        return thread;
      });

  /** Set until {@link Guard#close}. */
  public final class Guard implements AutoCloseable {
    private final ScheduledFuture<?> bite;
    private volatile boolean bitten;

    private Guard(Process child, Duration time) {
      bite =
          timer.schedule(
              () -> {
                bitten = true;
                child.destroyForcibly();
              },
              time.toMillis(),
              TimeUnit.MILLISECONDS);
    }

    boolean hasBitten() {
      return bitten;
    }

    @Override
    public void close() {
      bite.cancel(false);
    }
  }

  Guard guard(Process child, Duration time) {
    return new Guard(child, time);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
