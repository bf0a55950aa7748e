package io.edgewright.device.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small pictures with known pixels. */
public final class Pictures {
  private Pictures() {}

  /** Red counts columns, green counts rows, blue is 200. */
  public static byte[] pixels(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int at = 0; at < width * height; at++) {
      rgb[3 * at] = (byte) (at % width);
      rgb[3 * at + 1] = (byte) (at / width);
      rgb[3 * at + 2] = (byte) 200;
    }
    return rgb;
  }

  public static byte[] ppm(int width, int height) {
    byte[] header =
        ("P6\n# made by a test\n" + width + " " + height + "\n255\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.allocate(header.length + width * height * 3);
    return file.put(header).put(pixels(width, height)).array();
  }

  public static Path png(Path file, int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    byte[] rgb = pixels(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * 3;
        image.setRGB(
            x,
            y,
            0xff000000 | (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | (rgb[at + 2] & 0xff));
      }
    }
    try {
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
    return file;
  }

  public static Path write(Path file, byte[] content) {
    try {
      return Files.write(file, content);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /** A raw frame of one picture. */
  public static byte[] frame(int width, int height) {
    ByteBuffer frame = ByteBuffer.allocate(16 + width * height * 3).order(ByteOrder.LITTLE_ENDIAN);
    frame.put("EWIM".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height).putInt(3);
    return frame.put(pixels(width, height)).array();
  }
}
