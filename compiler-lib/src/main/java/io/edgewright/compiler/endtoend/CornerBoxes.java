package io.edgewright.compiler.endtoend;

import static io.edgewright.compiler.endtoend.Formulas.half;
import static io.edgewright.compiler.endtoend.Formulas.in;
import static io.edgewright.compiler.endtoend.Formulas.minus;
import static io.edgewright.compiler.endtoend.Formulas.plus;
import static io.edgewright.compiler.endtoend.Formulas.times;

import io.edgewright.compiler.endtoend.Decoding.Results;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.manifest.Decode.BoxFormat;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;

/// Boxes that the network has decoded itself: brought to corners x0 y0 x1 y1, and to pixels.
///
/// @param unitX pixels that a 1 stands for
record CornerBoxes(Rows rows, BoxFormat format, double unitX, double unitY)
    implements BoxDecoder.Step {
  @Override
  public Value addTo(GraphBuilder builder, Results results) {
    Value table = rows.addTo(builder, results);
    return switch (format) {
      case CORNERS -> scaled(builder, table);
      case CORNERS_YX -> {
        Value order = builder.constant("xy_of_yx", Tensor.ofLongs(Shape.of(4), 1, 0, 3, 2));
        yield scaled(builder, builder.add(rows.name(), new Op.Gather(1), table, order));
      }
      case CENTER_SIZE ->
          joined(builder, table, minus(in(0), half(in(1))), plus(in(0), half(in(1))));
      case CORNER_SIZE -> joined(builder, table, in(0), plus(in(0), in(1)));
    };
  }

  private boolean inPixels() {
    return unitX == 1 && unitY == 1;
  }

  private Value scaled(GraphBuilder builder, Value corners) {
    if (inPixels()) {
      return corners;
    }
    float x = (float) unitX;
    float y = (float) unitY;
    Value unit = builder.constant("pixels", Tensor.ofFloats(Shape.of(4), x, y, x, y));
    return builder.add(rows.name(), new Op.Map(times(in(0), in(1))), corners, unit);
  }

  /// Both corners from the first two columns (input 0) and the last two (input 1).
  private Value joined(GraphBuilder builder, Value table, Expression low, Expression high) {
    Value first = Rows.columns(builder, rows.name(), table, 0, 2);
    Value second = Rows.columns(builder, rows.name(), table, 2, 2);
    Value lower = builder.add(rows.name(), new Op.Map(low), first, second);
    Value upper = builder.add(rows.name(), new Op.Map(high), first, second);
    return scaled(builder, builder.add(rows.name(), new Op.Concat(1), lower, upper));
  }
}
