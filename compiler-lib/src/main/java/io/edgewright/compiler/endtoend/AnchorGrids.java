package io.edgewright.compiler.endtoend;

import io.edgewright.compiler.manifest.Decode.AnchorGrid;
import io.edgewright.compiler.manifest.Decode.PointGrid;
import io.edgewright.compiler.manifest.Decode.Size;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.Collections;
import java.util.List;

/// What a detector's numbers are relative to, one anchor for each box: grid after grid, in a grid
/// row after row of cells, in a cell one anchor after the other.
///
/// @param width of the network's input; a grid covers all of it
/// @param middle where in a cell an offset of 0 lies: 0 at its upper left corner, 0.5 in its middle
record AnchorGrids(long width, long height, double middle, List<Cells> grids) {
  /// A cell every `stride` pixels.
  ///
  /// @param sizes what a size of 1 stands for, one for each anchor of a cell
  record Cells(int stride, List<Size> sizes) {}

  /// Anchors around the middle of each cell, with sizes of their own.
  static AnchorGrids boxes(List<AnchorGrid> grids, long width, long height) {
    return new AnchorGrids(
        width,
        height,
        0.5,
        grids.stream().map(grid -> new Cells(grid.stride(), grid.sizes())).toList());
  }

  /// Points in the middle of each cell.
  ///
  /// @param unit what a size or an offset of 1 stands for
  static AnchorGrids points(List<PointGrid> grids, Size unit, long width, long height) {
    return new AnchorGrids(
        width,
        height,
        0.5,
        grids.stream()
            .map(grid -> new Cells(grid.stride(), Collections.nCopies(grid.perCell(), unit)))
            .toList());
  }

  /// The upper left corner of each cell; sizes are those of the cell.
  static AnchorGrids corners(List<Integer> strides, long width, long height) {
    return new AnchorGrids(
        width,
        height,
        0,
        strides.stream()
            .map(stride -> new Cells(stride, List.of(new Size(stride, stride))))
            .toList());
  }

  private long columns(Cells grid) {
    return Math.ceilDiv(width, (long) grid.stride());
  }

  private long rows(Cells grid) {
    return Math.ceilDiv(height, (long) grid.stride());
  }

  /// How many anchors there are. Look at it before making tensors of them: a few bytes of manifest
  /// can ask for billions.
  long count() {
    return grids.stream().mapToLong(grid -> columns(grid) * rows(grid) * grid.sizes().size()).sum();
  }

  /// [count, 2], in pixels of the network's input.
  Tensor origins() {
    return tensor(
        (grid, x, y, _) -> new Size((x + middle) * grid.stride(), (y + middle) * grid.stride()));
  }

  /// [count, 2]
  Tensor sizes() {
    return tensor((_, _, _, size) -> size);
  }

  private interface Pair {
    Size of(Cells grid, long x, long y, Size size);
  }

  private Tensor tensor(Pair pair) {
    float[] values = new float[Math.toIntExact(2 * count())];
    int at = 0;
    for (Cells grid : grids) {
      for (long y = 0; y < rows(grid); y++) {
        for (long x = 0; x < columns(grid); x++) {
          for (Size size : grid.sizes()) {
            Size made = pair.of(grid, x, y, size);
            values[at++] = (float) made.width();
            values[at++] = (float) made.height();
          }
        }
      }
    }
    return Tensor.ofFloats(Shape.of(count(), 2), values);
  }
}
