package io.edgewright.device.testing;

import io.edgewright.device.frames.Frame;
import io.edgewright.device.frames.FrameLayout;
import io.edgewright.device.frames.FrameSource;
import java.time.Duration;
import java.util.Optional;

/**
 * Frames that come, but for the first, only when a child of this process has used so much processor
 * time meanwhile: on a busy machine that may take long, so nothing here goes by the clock.
 */
public record LateFrames(FrameSource source, Duration cpu) implements FrameSource {
  private static final long MOST_TRIES = 6000;

  @Override
  public Optional<Frame> next(FrameLayout layout) {
    for (long tries = 0; hasModel() && !hasSpun() && tries < MOST_TRIES; tries++) {
      pause();
    }
    return source.next(layout);
  }

  @Override
  public boolean isPaced() {
    return source.isPaced();
  }

  @Override
  public void close() {
    source.close();
  }

  private static boolean hasModel() {
    return ProcessHandle.current().descendants().findAny().isPresent();
  }

  private boolean hasSpun() {
    return ProcessHandle.current()
        .descendants()
        .flatMap(child -> child.info().totalCpuDuration().stream())
        .anyMatch(used -> used.compareTo(cpu) > 0);
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException exception) {
      Thread.currentThread().interrupt();
    }
  }
}
