package io.edgewright.compiler.report;

import io.edgewright.compiler.report.GraphRows.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A network from top to bottom, a row a node, as version control draws histories: a value runs
/// down a rail of its own until the last row that reads it. So it is as narrow as the network is,
/// in the order in which it runs, and beside each node there is room for words.
///
/// ```
/// o   input                 |\   one rail for what the next row reads,
/// o   Convolution           | |  one for what a later row reads
/// |\
/// ```
final class GraphDrawing {
  private static final int ROW = 46;
  private static final int RAIL = 14;
  private static final int RADIUS = 5;
  private static final int FREE = -1;

  private final List<Row> rows;
  private final int[] lastReader;
  private final int[] rail;
  private int rails = 1;

  GraphDrawing(List<Row> rows) {
    this.rows = rows;
    this.lastReader = new int[rows.size()];
    this.rail = new int[rows.size()];
    Arrays.setAll(lastReader, row -> row);
    for (int row = 0; row < rows.size(); row++) {
      for (int source : rows.get(row).from()) {
        lastReader[source] = Math.max(lastReader[source], row);
      }
    }
    placeOnRails();
  }

  /// Each row takes the leftmost rail that is free when it comes: that of a value that is read here
  /// for the last time, if there is one.
  private void placeOnRails() {
    List<Integer> busyUntil = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      int at = row;
      int free =
          IntStream.range(0, busyUntil.size())
              .filter(candidate -> busyUntil.get(candidate) <= at)
              .findFirst()
              .orElse(FREE);
      if (free == FREE) {
        free = busyUntil.size();
        busyUntil.add(0);
      }
      busyUntil.set(free, lastReader[row]);
      rail[row] = free;
    }
    rails = busyUntil.size();
  }

  void write(Markup page) {
    int width = (rails + 1) * RAIL;
    int height = rows.size() * ROW;
    page.tags("<div class=\"scroll graph\" tabindex=\"0\"><svg")
        .tags(" width=\"" + width + "\" height=\"" + height + "\"")
        .tags(" viewBox=\"0 0 " + width + " " + height + "\" aria-hidden=\"true\">");
    for (int row = 0; row < rows.size(); row++) {
      writeEdges(page, row);
    }
    for (int row = 0; row < rows.size(); row++) {
      boolean works = rows.get(row).micros() > 0;
      page.tags("<circle class=\"" + (works ? "node" : "node still") + "\" cx=\"" + x(rail[row]))
          .tags("\" cy=\"" + y(row) + "\" r=\"" + RADIUS + "\"/>");
    }
    page.tags("</svg><ol>");
    double longest = rows.stream().mapToDouble(Row::micros).max().orElse(0);
    rows.forEach(row -> writeRow(page, row, longest));
    page.tags("</ol></div>");
  }

  /// Down the source's rail, then over to the reader in the last step.
  private void writeEdges(Markup page, int reader) {
    for (int source : rows.get(reader).from()) {
      int fromX = x(rail[source]);
      int toX = x(rail[reader]);
      page.tags(
          "<path class=\"edge rail" + rail[source] % 6 + "\" d=\"M" + fromX + " " + y(source));
      if (fromX == toX) {
        page.tags("V" + y(reader));
      } else {
        int bend = y(reader) - ROW;
        page.tags("V" + bend + "C" + fromX + " " + (bend + ROW / 2) + " ")
            .tags(toX + " " + (bend + ROW / 2) + " " + toX + " " + y(reader));
      }
      page.tags("\"/>");
    }
  }

  private static void writeRow(Markup page, Row row, double longest) {
    page.tags("<li").attribute("title", row.names());
    page.tags(row.depth() > 0 ? " style=\"padding-left:" + row.depth() + "em\">" : ">");
    page.tags("<b>").text(row.title()).tags("</b><span class=\"type\">").text(row.type());
    page.tags("</span>").name("span", row.names());
    if (row.micros() > 0) {
      Bars.write(page, row.micros(), longest, Quantity.micros(row.micros()));
    }
    page.tags("</li>");
  }

  private static int x(int rail) {
    return RAIL * rail + RAIL;
  }

  private static int y(int row) {
    return ROW * row + ROW / 2;
  }
}
