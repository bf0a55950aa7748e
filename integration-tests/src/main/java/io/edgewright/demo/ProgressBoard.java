package io.edgewright.demo;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One line a target while it is compiled. In a terminal the lines change in place; in a pipe each
/// change is a line of its own.
final class ProgressBoard {
  private static final int BAR_WIDTH = 20;

  private final PrintStream out;
  private final boolean live;
  private final Map<String, String> shown = new LinkedHashMap<>();

  ProgressBoard(PrintStream out, boolean live) {
    this.out = out;
    this.live = live;
  }

  /// How far one target has come; `note` is the stage, or what came of it.
  record Line(String target, int percent, String note) {}

  void show(List<Line> lines) {
    if (live) {
      showInPlace(lines);
    } else {
      lines.forEach(this::showChange);
    }
  }

  private void showInPlace(List<Line> lines) {
    if (!shown.isEmpty()) {
      // Up to the first line, and clear from there.
      out.printf("\033[%dA\033[J", shown.size());
    }
    for (Line line : lines) {
      int filled = line.percent() * BAR_WIDTH / 100;
      String bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
      out.printf("   %-16s %s %s%n", line.target(), bar, line.note());
      shown.put(line.target(), line.note());
    }
    out.flush();
  }

  private void showChange(Line line) {
    if (!line.note().equals(shown.put(line.target(), line.note()))) {
      out.printf("   %-16s %s%n", line.target(), line.note());
    }
  }
}
