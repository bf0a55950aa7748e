package io.edgewright.device.frames;

import io.edgewright.device.bundle.BundleManifest;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one frame of a bundle consists of: each input in order. A picture is a header of 16 bytes
 * and its pixels; a tensor its bytes, after its shape (64 bits an extent) where only the frame
 * knows it.
 */
public record FrameLayout(String model, List<BundleManifest.Input> inputs) {
  static final int PICTURE_HEADER = 16;
  static final int MAGIC = 0x4d495745; // "EWIM"
  static final int MOST_SIDE = 4096;

  private static final Map<String, Integer> ELEMENT_BYTES =
      Map.ofEntries(
          Map.entry("float32", 4),
          Map.entry("float64", 8),
          Map.entry("float16", 2),
          Map.entry("int8", 1),
          Map.entry("uint8", 1),
          Map.entry("bool", 1),
          Map.entry("int16", 2),
          Map.entry("uint16", 2),
          Map.entry("int32", 4),
          Map.entry("uint32", 4),
          Map.entry("int64", 8),
          Map.entry("uint64", 8));

  /** The colors of the one picture that a frame is, where it is exactly that. */
  Optional<String> pictureColor() {
    boolean isPicture = inputs.size() == 1 && isImage(inputs.get(0));
    return isPicture ? Optional.of(inputs.get(0).color()) : Optional.empty();
  }

  static boolean isImage(BundleManifest.Input input) {
    return input.kind().equals("image");
  }

  static boolean isDynamic(BundleManifest.Input input) {
    return input.shape().stream().anyMatch(OptionalLong::isEmpty);
  }

  /** The bytes of a picture that follow this header. */
  long pixelBytes(ByteBuffer header, String source) {
    ByteBuffer words = header.order(ByteOrder.LITTLE_ENDIAN);
    if (words.getInt(0) != MAGIC) {
      throw unreadable(source, "no `EWIM` where a picture should start");
    }
    long width = words.getInt(4) & 0xffffffffL;
    long height = words.getInt(8) & 0xffffffffL;
    long channels = words.getInt(12) & 0xffffffffL;
    checkSides(source, width, height);
    if (channels != 1 && channels != 3) {
      throw unreadable(source, channels + " channels");
    }
    return width * height * channels;
  }

  /**
   * The bytes of a tensor.
   *
   * @param shape the extents that the frame itself tells, for a tensor that leaves some open
   */
  long tensorBytes(BundleManifest.Input input, List<Long> shape, String source) {
    Integer element = ELEMENT_BYTES.get(input.type());
    if (element == null) {
      throw unreadable(source, "input `" + input.name() + "` of type `" + input.type() + "`");
    }
    long bytes = element;
    for (int axis = 0; axis < input.shape().size(); axis++) {
      long extent = shape.isEmpty() ? input.shape().get(axis).orElse(0) : shape.get(axis);
      if (extent < 0 || (extent > 0 && bytes > Integer.MAX_VALUE / extent)) {
        throw tooLarge(source, "an extent of " + extent, "a tensor below 2 GiB");
      }
      bytes *= extent;
    }
    return bytes;
  }

  static void checkSides(String source, long width, long height) {
    if (width < 1 || height < 1 || width > MOST_SIDE || height > MOST_SIDE) {
      throw tooLarge(source, width + " x " + height + " pixels", "sides from 1 to " + MOST_SIDE);
    }
  }

  static DeviceException tooLarge(String source, String seen, String allowed) {
    return new DeviceException(
        DeviceErrorCode.FRAME_TOO_LARGE,
        "frame `" + source + "`",
        seen,
        allowed,
        "make it smaller first; the model shrinks it to its own input size anyway");
  }

  static DeviceException unreadable(String source, String seen) {
    return new DeviceException(
        DeviceErrorCode.FRAME_UNREADABLE,
        "frame `" + source + "`",
        seen,
        "a PNG, JPEG or PPM file, or a raw frame as `inputs` in bundle.json describes it",
        "check the file; `status` names the active bundle");
  }

  /** Refuses pictures for a model that wants something else. */
  DeviceException wantsNoPicture(String source) {
    return new DeviceException(
        DeviceErrorCode.INPUT_UNSUITABLE,
        "input `" + source + "`",
        "a picture, but `" + model + "` reads " + inputs.stream().map(FrameLayout::words).toList(),
        "raw frames, on stdin or from a file",
        "write the tensors' bytes in that order, and give them with `--input -`");
  }

  private static String words(BundleManifest.Input input) {
    return input.name() + ": " + input.kind() + " of " + input.type();
  }
}
