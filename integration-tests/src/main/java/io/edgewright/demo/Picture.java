package io.edgewright.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/// A picture as the runner takes it, and with the results drawn on it as people take it.
public record Picture(BufferedImage image) {
  private static final int HEADER_BYTES = 16;
  private static final int CHANNELS = 3;

  /// Small pictures are enlarged to about this width before the results are drawn.
  private static final int DRAWN_WIDTH = 640;

  private static final List<Color> COLORS =
      List.of(new Color(0xE6194B), new Color(0x0057D9), new Color(0x2B7A0B), new Color(0x911EB4));

  /// @throws IOException also where the file is no picture that Java can read
  public static Picture read(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    if (image == null) {
      throw new IOException(file + " is not a picture that Java can read");
    }
    return new Picture(image);
  }

  /// One frame of the runner's input: header, then rows of R, G, B bytes.
  byte[] frame() {
    int width = image.getWidth();
    int height = image.getHeight();
    var frame = ByteBuffer.allocate(HEADER_BYTES + width * height * CHANNELS);
    frame.order(ByteOrder.LITTLE_ENDIAN).put("EWIM".getBytes(StandardCharsets.US_ASCII));
    frame.putInt(width).putInt(height).putInt(CHANNELS);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = image.getRGB(x, y);
        frame.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
      }
    }
    return frame.array();
  }

  /// Writes the picture, enlarged, with a labelled box around each detection.
  void drawTo(Path file, List<Detection> detections) throws IOException {
    int zoom = Math.max(1, Math.round((float) DRAWN_WIDTH / image.getWidth()));
    int width = image.getWidth() * zoom;
    int height = image.getHeight() * zoom;
    var drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = drawn.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.drawImage(image, 0, 0, width, height, null);
    List<String> labels = detections.stream().map(Detection::label).distinct().toList();
    for (Detection detection : detections) {
      graphics.setColor(COLORS.get(labels.indexOf(detection.label()) % COLORS.size()));
      draw(graphics, detection, zoom);
    }
    graphics.dispose();
    Files.createDirectories(file.toAbsolutePath().getParent());
    ImageIO.write(drawn, "png", file.toFile());
  }

  private static void draw(Graphics2D graphics, Detection detection, int zoom) {
    int left = (int) Math.round(detection.left() * zoom);
    int top = (int) Math.round(detection.top() * zoom);
    int width = (int) Math.round(detection.right() * zoom) - left;
    int height = (int) Math.round(detection.bottom() * zoom) - top;
    graphics.setStroke(new BasicStroke(3));
    graphics.drawRect(left, top, width, height);
    String text = String.format(Locale.ROOT, "%s %.2f", detection.label(), detection.score());
    PixelFont.drawLabel(graphics, text, Math.max(0, left - 1), Math.max(0, top - PixelFont.HEIGHT));
  }
}
