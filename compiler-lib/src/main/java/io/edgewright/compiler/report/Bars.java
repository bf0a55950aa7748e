package io.edgewright.compiler.report;

import java.util.Locale;

/// A bar with its figure.
final class Bars {
  private Bars() {}

  /// @param whole what fills the whole width
  static void write(Markup page, double part, double whole, String figure) {
    double percent = whole > 0 ? 100 * part / whole : 0;
    page.tags("<span class=\"bar\"><i style=\"width:")
        .tags(String.format(Locale.ROOT, "%.1f", percent))
        .tags("%\"></i><span>")
        .text(figure)
        .tags("</span></span>");
  }
}
