package io.edgewright.device.frames;

import java.util.Optional;

/** A command that goes on and prints frames at its own pace; see {@link FrameStream}. */
public final class CommandFrames implements FrameSource {
  private final ShellCommand command;
  private final FrameStream frames;
  private boolean hasEnded;

  public CommandFrames(String line) {
    this.command = new ShellCommand(line);
    this.frames = new FrameStream("stream", command.output());
  }

  @Override
  public Optional<Frame> next(FrameLayout layout) {
    if (hasEnded) {
      return Optional.empty();
    }
    Optional<Frame> frame = frames.next(layout);
    if (frame.isEmpty()) {
      hasEnded = true;
      command.check();
    }
    return frame;
  }

  @Override
  public boolean isPaced() {
    return false;
  }

  @Override
  public void close() {
    command.close();
  }
}
