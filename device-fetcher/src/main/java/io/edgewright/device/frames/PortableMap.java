package io.edgewright.device.frames;

import java.io.IOException;
import java.io.InputStream;

/** PPM and PGM with binary pixels (P6, P5) of up to 255: what needs no library at all. */
final class PortableMap implements PictureReader {
  @Override
  public boolean reads(String name) {
    return name.endsWith(".ppm") || name.endsWith(".pgm") || name.endsWith(".pnm");
  }

  @Override
  public boolean begins(int first, int second) {
    return first == 'P' && (second == '5' || second == '6');
  }

  @Override
  public Picture read(String source, InputStream stream) throws IOException {
    String magic = word(stream, source);
    if (!magic.equals("P6") && !magic.equals("P5")) {
      throw FrameLayout.unreadable(source, "starts with `" + magic + "`");
    }
    int width = number(stream, source);
    int height = number(stream, source);
    int most = number(stream, source);
    FrameLayout.checkSides(source, width, height);
    if (most != 255) {
      throw FrameLayout.unreadable(source, "pixel values up to " + most);
    }
    int channels = magic.equals("P6") ? 3 : 1;
    byte[] pixels = stream.readNBytes(width * height * channels);
    if (pixels.length < width * height * channels) {
      throw FrameLayout.unreadable(source, "it ends in the middle of the pixels");
    }
    return new Picture(width, height, channels == 3 ? pixels : tripled(pixels));
  }

  private static byte[] tripled(byte[] gray) {
    byte[] rgb = new byte[gray.length * 3];
    for (int at = 0; at < gray.length; at++) {
      rgb[3 * at] = gray[at];
      rgb[3 * at + 1] = gray[at];
      rgb[3 * at + 2] = gray[at];
    }
    return rgb;
  }

  private static int number(InputStream stream, String source) throws IOException {
    String word = word(stream, source);
    if (!word.matches("\\d{1,6}")) {
      throw FrameLayout.unreadable(source, "`" + word + "` where a number should be");
    }
    return Integer.parseInt(word);
  }

  /** The next word of the header; exactly one white space after it is taken too. */
  private static String word(InputStream stream, String source) throws IOException {
    StringBuilder word = new StringBuilder();
    int letter = stream.read();
    while (letter == '#' || Character.isWhitespace(letter)) {
      if (letter == '#') {
        while (letter != '\n' && letter >= 0) {
          letter = stream.read();
        }
      }
      letter = stream.read();
    }
    while (letter > ' ' && word.length() < 20) {
      word.append((char) letter);
      letter = stream.read();
    }
    if (word.length() == 0) {
      throw FrameLayout.unreadable(source, "the header ends early");
    }
    return word.toString();
  }
}
