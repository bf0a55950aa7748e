package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// A two-dimensional window over [N, C, H, W]; one-dimensional pictures have height 1.
///
/// @param input view of the input, rank 4
/// @param output view of the output, rank 4
record Geometry(View input, View output, Window window) {
  static final int BATCH = 0;
  static final int CHANNEL = 1;
  static final int ROW = 2;
  static final int COLUMN = 3;

  /// Rank 3 or 4 to rank 4.
  static View picture(View view) {
    if (view.rank() == 4) {
      return view;
    }
    List<Dimension> dimensions = new ArrayList<>(view.shape().dimensions());
    dimensions.add(ROW, Dimension.of(1));
    return view.reshape(new Shape(dimensions)).orElseThrow();
  }

  private int last() {
    return window.axes() - 1;
  }

  RowTiles.Axis columns() {
    return new RowTiles.Axis(
        window.kernel().get(last()),
        window.strides().get(last()),
        window.dilations().get(last()),
        window.padsBegin().get(last()),
        input.extent(COLUMN),
        output.extent(COLUMN));
  }

  RowTiles.Axis rows() {
    return new RowTiles.Axis(
        kernelRows(),
        rowStride(),
        rowDilation(),
        rowPadding(),
        input.extent(ROW),
        output.extent(ROW));
  }

  int kernelRows() {
    return last() == 0 ? 1 : window.kernel().getFirst();
  }

  int kernelColumns() {
    return window.kernel().get(last());
  }

  private int rowStride() {
    return last() == 0 ? 1 : window.strides().getFirst();
  }

  private int rowDilation() {
    return last() == 0 ? 1 : window.dilations().getFirst();
  }

  private int rowPadding() {
    return last() == 0 ? 0 : window.padsBegin().getFirst();
  }

  /// Input row that kernel row 0 reads for output row `y`; may be negative.
  Expr firstRow(Expr y) {
    return Expr.add(Expr.multiply(y, rowStride()), -rowPadding());
  }

  /// Elements of the input from one kernel row to the next.
  long rowStep() {
    return input.stride(ROW) * rowDilation();
  }

  /// Elements of the input from one output pixel to the next.
  long pixelStep() {
    return input.stride(COLUMN) * columns().stride();
  }

  /// Elements of the input from one kernel column to the next.
  long tapStep() {
    return input.stride(COLUMN) * columns().dilation();
  }

  private boolean reachesOutside() {
    long lastRow =
        (output.extent(ROW) - 1) * rowStride() - rowPadding() + (kernelRows() - 1L) * rowDilation();
    return rowPadding() > 0 || lastRow >= input.extent(ROW);
  }

  /// First kernel row that reads inside the picture, for the output row whose kernel row 0 is
  /// `first`.
  Expr kernelRowFrom(LoopBuilder builder, Expr first) {
    if (!reachesOutside()) {
      return Expr.zero();
    }
    Expr missing = Expr.subtract(rowDilation() - 1L, first);
    return builder.let("from", Expr.maximum(Expr.zero(), Expr.divide(missing, rowDilation())));
  }

  /// Kernel row after the last that reads inside the picture.
  Expr kernelRowTo(LoopBuilder builder, Expr first) {
    if (!reachesOutside()) {
      return Expr.index(kernelRows());
    }
    Expr room = Expr.subtract(input.extent(ROW) + rowDilation() - 1, first);
    return builder.let(
        "to", Expr.minimum(Expr.index(kernelRows()), Expr.divide(room, rowDilation())));
  }
}
