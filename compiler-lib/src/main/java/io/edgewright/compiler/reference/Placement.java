package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Op;

/// Where a picture lies in the network's input: scaled to `width` x `height`, upper left corner at
/// column `left` and row `top` (negative where a crop cuts it off). Exact, as in `placement.h`.
record Placement(long width, long height, long left, long top) {
  static Placement of(Op.Fit fit, long pictureWidth, long pictureHeight, long width, long height) {
    boolean widthDecides =
        (pictureWidth * height >= pictureHeight * width) != (fit == Op.Fit.CENTER_CROP);
    long evenWidth = widthDecides ? width : scaled(pictureWidth, height, pictureHeight);
    long evenHeight = widthDecides ? scaled(pictureHeight, width, pictureWidth) : height;
    return switch (fit) {
      case STRETCH -> new Placement(width, height, 0, 0);
      case LETTERBOX_TOP_LEFT -> new Placement(evenWidth, evenHeight, 0, 0);
      case LETTERBOX, CENTER_CROP ->
          new Placement(
              evenWidth,
              evenHeight,
              Math.floorDiv(width - evenWidth, 2),
              Math.floorDiv(height - evenHeight, 2));
    };
  }

  /// `extent * to / from`, rounded half up, 1 at least.
  private static long scaled(long extent, long to, long from) {
    return Math.max(1, Math.floorDiv(2 * extent * to + from, 2 * from));
  }
}
