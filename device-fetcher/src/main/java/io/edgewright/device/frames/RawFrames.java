package io.edgewright.device.frames;

import io.edgewright.device.bundle.BundleManifest;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Frames as the model reads them, from a stream; cut apart so that one can be tried again. */
public final class RawFrames implements FrameSource {
  private final String name;
  private final InputStream stream;
  private long index;
  private boolean isBroken;

  public RawFrames(String name, InputStream stream) {
    this.name = name;
    this.stream = stream;
  }

  /** After a frame that cannot be read nobody knows where the next one starts: that is the end. */
  @Override
  public Optional<Frame> next(FrameLayout layout) {
    if (isBroken) {
      return Optional.empty();
    }
    isBroken = true;
    Optional<Frame> frame = read(layout, name + ":" + index);
    isBroken = false;
    return frame;
  }

  /** Frames on a stream come when their maker sends them. */
  @Override
  public boolean isPaced() {
    return false;
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException exception) {
      // it is only read; there is nothing to be lost
    }
  }

  private Optional<Frame> read(FrameLayout layout, String source) {
    try {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      for (BundleManifest.Input input : layout.inputs()) {
        if (!readInput(layout, input, frame, source)) {
          return Optional.empty();
        }
      }
      if (frame.size() == 0) {
        return Optional.empty(); // a model without inputs has no frames
      }
      index++;
      return Optional.of(new Frame(source, frame.toByteArray()));
    } catch (IOException exception) {
      throw new DeviceException(
          DeviceErrorCode.INPUT_MISSING,
          "input `" + name + "`",
          String.valueOf(exception.getMessage()),
          "frames that can be read",
          "check whatever feeds this program");
    }
  }

  private boolean readInput(
      FrameLayout layout, BundleManifest.Input input, ByteArrayOutputStream frame, String source)
      throws IOException {
    boolean mayEnd = frame.size() == 0;
    if (FrameLayout.isImage(input)) {
      byte[] header = read(FrameLayout.PICTURE_HEADER, mayEnd, source);
      if (header.length == 0) {
        return false;
      }
      frame.writeBytes(header);
      long pixels = layout.pixelBytes(ByteBuffer.wrap(header), source);
      frame.writeBytes(read(pixels, false, source));
      return true;
    }
    List<Long> shape = new ArrayList<>();
    if (FrameLayout.isDynamic(input)) {
      byte[] extents = read(8L * input.shape().size(), mayEnd, source);
      if (extents.length == 0) {
        return false;
      }
      frame.writeBytes(extents);
      ByteBuffer numbers = ByteBuffer.wrap(extents).order(ByteOrder.LITTLE_ENDIAN);
      while (numbers.hasRemaining()) {
        shape.add(numbers.getLong());
      }
    }
    long wanted = layout.tensorBytes(input, shape, source);
    byte[] bytes = read(wanted, mayEnd && shape.isEmpty(), source);
    frame.writeBytes(bytes);
    return bytes.length == wanted;
  }

  /** Exactly so many bytes; none at all at the end of the stream where it may end. */
  private byte[] read(long count, boolean mayEnd, String source) throws IOException {
    byte[] bytes = stream.readNBytes(Math.toIntExact(count));
    boolean ended = bytes.length == 0 && mayEnd;
    if (bytes.length < count && !ended) {
      throw FrameLayout.unreadable(source, "the input ends in the middle of a frame");
    }
    return bytes;
  }
}
