package io.edgewright.device.frames;

import io.edgewright.device.transport.Patience;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A command for each frame, such as {@code rpicam-still -n -e png -o -}: the camera is off in
 * between. It prints one picture, PNG, JPEG or PPM. When it fails, the next try waits longer and
 * longer, whatever the pace.
 */
public final class CapturedFrames implements FrameSource {
  private static final Duration TIME = Duration.ofSeconds(60);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 8;
  private static final int MOST_BYTES = 32 << 20;

  private final String line;
  private final Patience.Pause pause;
  private long index;
  private int failures;

  public CapturedFrames(String line, Patience.Pause pause) {
    this.line = line;
    this.pause = pause;
  }

  @Override
  public Optional<Frame> next(FrameLayout layout) {
    String source = "capture:" + index;
    String color = layout.pictureColor().orElseThrow(() -> layout.wantsNoPicture(source));
    if (failures > 0) {
      pause.sleep(FIRST_WAIT.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)));
    }
    failures++;
    Frame frame = new Frame(source, picture(source).frame(color));
    failures = 0;
    index++;
    return Optional.of(frame);
  }

  private Picture picture(String source) {
    try (ShellCommand command = new ShellCommand(line)) {
      command.limit(TIME);
      byte[] output = command.output().readNBytes(MOST_BYTES + 1);
      if (output.length > MOST_BYTES) {
        throw FrameLayout.tooLarge(
            source, "more than " + MOST_BYTES + " bytes", "at most " + MOST_BYTES + " bytes");
      }
      command.check();
      if (output.length < 2) {
        throw command.failed("no picture on its standard output");
      }
      return PictureFiles.readerOf(output[0] & 0xff, output[1] & 0xff)
          .orElseThrow(() -> FrameLayout.unreadable(source, "neither PNG, JPEG nor PPM"))
          .read(source, new ByteArrayInputStream(output));
    } catch (IOException | IllegalArgumentException exception) {
      throw FrameLayout.unreadable(source, String.valueOf(exception.getMessage()));
    }
  }

  @Override
  public boolean isPaced() {
    return true;
  }

  @Override
  public void close() {}
}
