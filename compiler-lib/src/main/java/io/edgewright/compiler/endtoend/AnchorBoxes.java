package io.edgewright.compiler.endtoend;

import static io.edgewright.compiler.endtoend.Formulas.exp;
import static io.edgewright.compiler.endtoend.Formulas.half;
import static io.edgewright.compiler.endtoend.Formulas.in;
import static io.edgewright.compiler.endtoend.Formulas.minus;
import static io.edgewright.compiler.endtoend.Formulas.number;
import static io.edgewright.compiler.endtoend.Formulas.plus;
import static io.edgewright.compiler.endtoend.Formulas.times;

import io.edgewright.compiler.endtoend.Decoding.Results;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import java.util.List;

/// Boxes relative to anchors: `center = origin + offset * shift * anchor`, `size = anchor *
/// growth(number)`; corners are half a size away from the center.
///
/// @param rows columns 0 and 1 are offsets, 2 and 3 are sizes
/// @param growth of the number, which is input 0
record AnchorBoxes(Rows rows, AnchorGrids anchors, double shift, Expression growth)
    implements BoxDecoder.Step {
  /// As SSD and YOLO have them.
  ///
  /// @param variances factors of the offsets and of the logarithms of sizes
  static AnchorBoxes offsets(Rows rows, AnchorGrids anchors, List<Double> variances) {
    Expression power = variances.getLast() == 1 ? in(0) : times(in(0), number(variances.getLast()));
    return new AnchorBoxes(rows, anchors, variances.getFirst(), exp(power));
  }

  /// As BlazeFace has them: sizes are no logarithms.
  static AnchorBoxes linear(Rows rows, AnchorGrids anchors) {
    return new AnchorBoxes(rows, anchors, 1, in(0));
  }

  @Override
  public Value addTo(GraphBuilder builder, Results results) {
    String name = rows.name();
    Value table = rows.addTo(builder, results);
    Value origins = builder.constant("anchor_origins", anchors.origins());
    Value sizes = builder.constant("anchor_sizes", anchors.sizes());
    Expression moved = shift == 1 ? in(0) : times(in(0), number(shift));
    Value center =
        builder.add(
            name,
            new Op.Map(plus(in(2), times(moved, in(1)))),
            Rows.columns(builder, name, table, 0, 2),
            sizes,
            origins);
    Value size =
        builder.add(
            name,
            new Op.Map(times(growth, in(1))),
            Rows.columns(builder, name, table, 2, 2),
            sizes);
    return builder.add(
        name,
        new Op.Concat(1),
        builder.add(name, new Op.Map(minus(in(0), half(in(1)))), center, size),
        builder.add(name, new Op.Map(plus(in(0), half(in(1)))), center, size));
  }
}
