package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.loops.Expr;
import java.util.ArrayList;
import java.util.List;

/// Tiles along a row of the output, and which taps of the kernel fall outside the picture for which
/// pixel. All of it is known at compile time, so border tiles simply leave those taps out.
///
/// @param pixels output pixels of one tile
/// @param width output pixels of the row
record RowTiles(int pixels, long width, List<Segment> segments) {
  /// Neighbouring tiles whose pixels see the same taps.
  ///
  /// @param first number of the first tile
  /// @param valid for each tap, for each pixel of the tile, whether it reads inside the picture
  record Segment(long first, long count, List<List<Boolean>> valid) {
    /// Taps that read inside the picture for one pixel of the tile.
    long columnsInside(int pixel) {
      return valid.stream().filter(tap -> tap.get(pixel)).count();
    }

    boolean isInterior() {
      return valid.stream().allMatch(tap -> tap.stream().allMatch(inside -> inside));
    }
  }

  /// How a kernel slides along the row.
  ///
  /// @param inputWidth pixels of the input row
  record Axis(
      int kernel, int stride, int dilation, int padding, long inputWidth, long outputWidth) {}

  static RowTiles of(Axis axis, int pixels) {
    long width = axis.outputWidth();
    long tiles = (width + pixels - 1) / pixels;
    List<Segment> segments = new ArrayList<>();
    long borderTiles = axis.padding() / ((long) pixels * axis.stride()) + 2;
    for (long tile = 0; tile < tiles; tile++) {
      if (tile > borderTiles
          && tile < tiles - borderTiles - (long) axis.kernel() * axis.dilation()) {
        // Far from both borders nothing changes from tile to tile.
        long next = tiles - borderTiles - (long) axis.kernel() * axis.dilation();
        extend(segments, tile, next - tile, valid(axis, start(tile, pixels, width), pixels));
        tile = next - 1;
      } else {
        extend(segments, tile, 1, valid(axis, start(tile, pixels, width), pixels));
      }
    }
    return new RowTiles(pixels, width, segments);
  }

  /// The same tiles for kernels that treat all tiles at a border alike: what falls outside is no
  /// longer told, only that something does.
  RowTiles withOneBorderOnEitherSide() {
    List<List<Boolean>> outside = List.of(List.of(false));
    List<Segment> joined = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.isInterior()) {
        joined.add(segment);
      } else {
        extend(joined, segment.first(), segment.count(), outside);
      }
    }
    return new RowTiles(pixels, width, joined);
  }

  private static void extend(
      List<Segment> segments, long tile, long count, List<List<Boolean>> valid) {
    if (!segments.isEmpty() && segments.getLast().valid().equals(valid)) {
      Segment last = segments.removeLast();
      segments.add(new Segment(last.first(), last.count() + count, valid));
    } else {
      segments.add(new Segment(tile, count, valid));
    }
  }

  private static List<List<Boolean>> valid(Axis axis, long start, int pixels) {
    List<List<Boolean>> taps = new ArrayList<>();
    for (int tap = 0; tap < axis.kernel(); tap++) {
      List<Boolean> inside = new ArrayList<>();
      for (int pixel = 0; pixel < pixels; pixel++) {
        long x = (start + pixel) * axis.stride() - axis.padding() + (long) tap * axis.dilation();
        inside.add(x >= 0 && x < axis.inputWidth());
      }
      taps.add(List.copyOf(inside));
    }
    return List.copyOf(taps);
  }

  private static long start(long tile, int pixels, long width) {
    return Math.min(tile * pixels, width - pixels);
  }

  /// First pixel of a tile; the last tile starts early where the row is no multiple.
  Expr pixel(Expr tile) {
    Expr even = Expr.multiply(tile, pixels);
    return width % pixels == 0 ? even : Expr.minimum(even, Expr.index(width - pixels));
  }

  long tiles() {
    return (width + pixels - 1) / pixels;
  }
}
