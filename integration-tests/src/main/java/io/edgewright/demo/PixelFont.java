package io.edgewright.demo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Locale;
import java.util.Map;

/// A font of 5 x 7 squares, for labels on pictures.
///
/// A machine without a screen often has no fonts at all, and then Java cannot draw a letter. This
/// one needs nothing, and draws the same label everywhere.
final class PixelFont {
  private static final int SQUARE = 2;
  private static final int COLUMNS = 5;
  private static final int ROWS = 7;
  private static final int ADVANCE = (COLUMNS + 1) * SQUARE;
  private static final int PADDING = 4;

  /// Height of a label, padding included.
  static final int HEIGHT = ROWS * SQUARE + 2 * PADDING;

  /// Seven rows a glyph, two hexadecimal digits a row; the lowest bit is the rightmost square.
  private static final Map<Character, String> GLYPHS =
      Map.ofEntries(
          Map.entry(' ', "00000000000000"),
          Map.entry('-', "0000001F000000"),
          Map.entry('.', "00000000000C0C"),
          Map.entry('0', "0E11131519110E"),
          Map.entry('1', "040C040404040E"),
          Map.entry('2', "0E11010204081F"),
          Map.entry('3', "0E11010601110E"),
          Map.entry('4', "02060A121F0202"),
          Map.entry('5', "1F101E0101110E"),
          Map.entry('6', "0608101E11110E"),
          Map.entry('7', "1F010204080808"),
          Map.entry('8', "0E11110E11110E"),
          Map.entry('9', "0E11110F01020C"),
          Map.entry('A', "0E11111F111111"),
          Map.entry('B', "1E11111E11111E"),
          Map.entry('C', "0E11101010110E"),
          Map.entry('D', "1C12111111121C"),
          Map.entry('E', "1F10101E10101F"),
          Map.entry('F', "1F10101E101010"),
          Map.entry('G', "0E11101711110F"),
          Map.entry('H', "1111111F111111"),
          Map.entry('I', "0E04040404040E"),
          Map.entry('J', "0702020202120C"),
          Map.entry('K', "11121418141211"),
          Map.entry('L', "1010101010101F"),
          Map.entry('M', "111B1515111111"),
          Map.entry('N', "11111915131111"),
          Map.entry('O', "0E11111111110E"),
          Map.entry('P', "1E11111E101010"),
          Map.entry('Q', "0E11111115120D"),
          Map.entry('R', "1E11111E141211"),
          Map.entry('S', "0F10100E01011E"),
          Map.entry('T', "1F040404040404"),
          Map.entry('U', "1111111111110E"),
          Map.entry('V', "11111111110A04"),
          Map.entry('W', "1111111515150A"),
          Map.entry('X', "11110A040A1111"),
          Map.entry('Y', "1111110A040404"),
          Map.entry('Z', "1F01020408101F"));

  private PixelFont() {}

  /// Draws `text` in white on a bar of the current colour, its upper left corner at (`x`, `y`).
  static void drawLabel(Graphics2D graphics, String text, int x, int y) {
    Color bar = graphics.getColor();
    graphics.fillRect(x, y, text.length() * ADVANCE - SQUARE + 2 * PADDING, HEIGHT);
    graphics.setColor(Color.WHITE);
    String capitals = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < capitals.length(); i++) {
      String glyph = GLYPHS.getOrDefault(capitals.charAt(i), "1F11111111111F");
      drawGlyph(graphics, glyph, x + PADDING + i * ADVANCE, y + PADDING);
    }
    graphics.setColor(bar);
  }

  private static void drawGlyph(Graphics2D graphics, String glyph, int x, int y) {
    for (int row = 0; row < ROWS; row++) {
      int bits = Integer.parseInt(glyph.substring(2 * row, 2 * row + 2), 16);
      for (int column = 0; column < COLUMNS; column++) {
        if ((bits >> (COLUMNS - 1 - column) & 1) == 1) {
          graphics.fillRect(x + column * SQUARE, y + row * SQUARE, SQUARE, SQUARE);
        }
      }
    }
  }
}
