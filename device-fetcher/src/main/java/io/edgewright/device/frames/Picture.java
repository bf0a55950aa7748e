package io.edgewright.device.frames;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Pixels [height, width, 3], red first, row by row. */
@SuppressWarnings(
    "ArrayRecordComponent") // never compared; a copy of each picture would cost memory
record Picture(int width, int height, byte[] rgb) {

  /** As the model reads it: header and pixels in its order of colors. */
  byte[] frame(String color) {
    int channels = color.equals("gray") ? 1 : 3;
    int pixels = width * height;
    ByteBuffer frame =
        ByteBuffer.allocate(FrameLayout.PICTURE_HEADER + pixels * channels)
            .order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(FrameLayout.MAGIC).putInt(width).putInt(height).putInt(channels);
    switch (color) {
      case "gray" -> putLuma(frame, pixels);
      case "bgr" -> putReversed(frame, pixels);
      default -> frame.put(rgb, 0, pixels * 3);
    }
    return frame.array();
  }

  /** Rec. 601, as JPEG and most training pipelines have it. */
  private void putLuma(ByteBuffer frame, int pixels) {
    for (int at = 0; at < pixels * 3; at += 3) {
      int weighted = 299 * value(at) + 587 * value(at + 1) + 114 * value(at + 2);
      frame.put((byte) ((weighted + 500) / 1000));
    }
  }

  private void putReversed(ByteBuffer frame, int pixels) {
    for (int at = 0; at < pixels * 3; at += 3) {
      frame.put(rgb[at + 2]).put(rgb[at + 1]).put(rgb[at]);
    }
  }

  private int value(int at) {
    return rgb[at] & 0xff;
  }
}
