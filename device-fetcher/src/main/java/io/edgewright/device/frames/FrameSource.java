package io.edgewright.device.frames;

import java.util.Optional;

/** Gives frames one after the other. */
public interface FrameSource extends AutoCloseable {
  /**
   * The next frame, empty at the end.
   *
   * @param layout what the model that runs now reads; it may be another one than for the last frame
   */
  Optional<Frame> next(FrameLayout layout);

  /** Whether this source waits for the model's pace, rather than having one of its own. */
  boolean isPaced();

  @Override
  void close();
}
