package io.edgewright.compiler.onnx.operators;

import static io.edgewright.compiler.graph.ScalarFunction.LESS_OR_EQUAL;
import static io.edgewright.compiler.onnx.operators.Formulas.add;
import static io.edgewright.compiler.onnx.operators.Formulas.apply;
import static io.edgewright.compiler.onnx.operators.Formulas.in;
import static io.edgewright.compiler.onnx.operators.Formulas.number;
import static io.edgewright.compiler.onnx.operators.Formulas.select;
import static io.edgewright.compiler.onnx.operators.Formulas.whole;
import static io.edgewright.compiler.onnx.operators.Formulas.x;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Shape;

/// Trilu: keeps the upper or lower triangle of matrices, zeros elsewhere.
public final class Triangles {
  private Triangles() {}

  public static Value read(OnnxNode node) {
    Value x = node.input(0);
    int rank = x.shape().rank();
    if (rank < 2) {
      throw node.shapes("input " + x.shape(), "matrices", "give a tensor of rank 2 or more");
    }
    long diagonal = node.optional(1).isPresent() ? node.integer(1, "k") : 0;
    boolean upper = node.attributes().flag("upper", true);
    long height = x.shape().extent(rank - 2);
    Value rows = node.reshape(Indexing.range(node, height), Shape.of(height, 1));
    Value columns = Indexing.range(node, x.shape().extent(rank - 1));
    Expression edge = add(in(1), whole(diagonal));
    Expression kept = upper ? apply(LESS_OR_EQUAL, edge, in(2)) : apply(LESS_OR_EQUAL, in(2), edge);
    return node.map(select(kept, x(), number(x.type().element(), 0)), x, rows, columns);
  }
}
