package io.edgewright.device.frames;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * PNG and JPEG through the platform's own ImageIO. Pixels are taken as they are stored: no turning
 * by EXIF, no color profile, which is what models are trained on.
 */
final class ImageIoPictures implements PictureReader {
  /** Decoder, raster and our own copy exist at the same time. */
  private static final int BYTES_A_PIXEL = 10;

  @Override
  public boolean reads(String name) {
    return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
  }

  @Override
  public boolean begins(int first, int second) {
    return (first == 0x89 && second == 'P') || (first == 0xff && second == 0xd8);
  }

  @Override
  public Picture read(String source, InputStream file) throws IOException {
    ImageIO.setUseCache(false);
    try (ImageInputStream stream = ImageIO.createImageInputStream(file)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw FrameLayout.unreadable(source, "neither PNG nor JPEG inside");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        checkSize(source, reader.getWidth(0), reader.getHeight(0));
        return picture(reader.read(0));
      } finally {
        reader.dispose();
      }
    }
  }

  /** Asked before the pixels are decoded: a few bytes of PNG can promise gigabytes. */
  private static void checkSize(String source, int width, int height) {
    FrameLayout.checkSides(source, width, height);
    Runtime runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    if ((long) width * height * BYTES_A_PIXEL > free) {
      throw FrameLayout.tooLarge(
          source,
          width
              + " x "
              + height
              + " pixels, which need "
              + (long) width * height * BYTES_A_PIXEL
              + " bytes to decode",
          "at most the " + free + " bytes that Java may still use (`java -Xmx...`)");
    }
  }

  private static Picture picture(BufferedImage image) {
    byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
    ColorModel colors = image.getColorModel();
    boolean plain =
        colors instanceof ComponentColorModel
            && image.getRaster().getNumBands() == colors.getNumComponents();
    for (int y = 0; y < image.getHeight(); y++) {
      if (plain) {
        copyRow(image.getRaster(), colors.getComponentSize(0), y, rgb);
      } else {
        convertRow(image, y, rgb);
      }
    }
    return new Picture(image.getWidth(), image.getHeight(), rgb);
  }

  /** The stored samples; `getRGB` would bend gray values by a color profile. */
  private static void copyRow(Raster raster, int bits, int y, byte[] rgb) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int[] row = raster.getPixels(0, y, width, 1, new int[width * bands]);
    int shift = Math.max(0, bits - 8);
    for (int x = 0; x < width; x++) {
      for (int channel = 0; channel < 3; channel++) {
        int band = bands >= 3 ? channel : 0;
        rgb[(y * width + x) * 3 + channel] = (byte) (row[x * bands + band] >> shift);
      }
    }
  }

  /** Palettes and packed pixels. */
  private static void convertRow(BufferedImage image, int y, byte[] rgb) {
    int width = image.getWidth();
    int[] row = image.getRGB(0, y, width, 1, null, 0, width);
    for (int x = 0; x < width; x++) {
      int at = (y * width + x) * 3;
      rgb[at] = (byte) (row[x] >> 16);
      rgb[at + 1] = (byte) (row[x] >> 8);
      rgb[at + 2] = (byte) row[x];
    }
  }
}
