package io.edgewright.device.frames;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Frames from a stream: PPM pictures one after the other, as {@code ffmpeg -f image2pipe -c:v ppm}
 * writes them, or frames as the model reads them. Which it is shows the first byte, for models that
 * read a picture: PPM begins with {@code P}, a raw picture with {@code EWIM}.
 */
public final class FrameStream implements FrameSource {
  private final String name;
  private final InputStream stream;
  private final RawFrames raw;
  private final PortableMap pictures = new PortableMap();
  private long index;
  private boolean isBroken;

  public FrameStream(String name, InputStream stream) {
    this.name = name;
    this.stream = new BufferedInputStream(stream, 1 << 16);
    this.raw = new RawFrames(name, this.stream);
  }

  @Override
  public Optional<Frame> next(FrameLayout layout) {
    Optional<String> color = layout.pictureColor();
    String source = name + ":" + index;
    try {
      if (isBroken || color.isEmpty() || !isPortableMap()) {
        return isBroken ? Optional.empty() : raw.next(layout);
      }
      // After a picture that cannot be read nobody knows where the next one starts.
      isBroken = true;
      Picture picture = pictures.read(source, stream);
      isBroken = false;
      index++;
      return Optional.of(new Frame(source, picture.frame(color.get())));
    } catch (IOException exception) {
      throw FrameLayout.unreadable(source, String.valueOf(exception.getMessage()));
    }
  }

  private boolean isPortableMap() throws IOException {
    stream.mark(2);
    int first = stream.read();
    int second = stream.read();
    stream.reset();
    return pictures.begins(first, second);
  }

  /** Frames on a stream come when their maker sends them. */
  @Override
  public boolean isPaced() {
    return false;
  }

  @Override
  public void close() {
    raw.close();
  }
}
