package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/// ScatterElements and ScatterND whose indices are known when compiling: the result is a Gather
/// from data and updates laid end to end.
public final class Scattering {
  private Scattering() {}

  public static Value elements(OnnxNode node) {
    Value data = node.input(0);
    Value updates = node.input(2);
    int axis = node.axis(node.attributes().integer("axis", 0), data.shape().rank());
    Tensor indices = node.constant(1, "indices");
    Indexing.checkElements(node, data.shape(), indices.shape(), axis);
    Value positions = Indexing.elementPositions(node, data.shape(), node.input(1), axis);
    return scatter(node, data, updates, positions, 1);
  }

  public static Value nd(OnnxNode node) {
    Value data = node.input(0);
    Value updates = node.input(2);
    Shape indices = node.constant(1, "indices").shape();
    int width = (int) (indices.rank() == 0 ? 0 : indices.extent(indices.rank() - 1));
    if (width < 1 || width > data.shape().rank()) {
      throw node.shapes(
          "indices " + indices + " into " + data.shape(),
          "coordinates of at most the data's rank in the last axis",
          "check the shape of the indices");
    }
    Value rows = Indexing.coordinatePositions(node, data.shape(), node.input(1), 0, width);
    long[] extents = data.shape().extents();
    return scatter(node, data, updates, rows, Reshaping.product(extents, width, extents.length));
  }

  /// @param positions constant row numbers, one per row of updates
  /// @param row elements of one row
  private static Value scatter(
      OnnxNode node, Value data, Value updates, Value positions, long row) {
    String reduction = node.attributes().text("reduction", "none");
    if (!reduction.equals("none")) {
      throw node.attributes()
          .unsupported("reduction", "`" + reduction + "`", "none", "use another operator");
    }
    long[] targets = node.tensor(positions).orElseThrow().toLongs();
    long kept = data.shape().elements();
    if (updates.shape().elements() != targets.length * row) {
      throw node.shapes(
          "updates " + updates.shape() + " for " + targets.length + " indices",
          targets.length * row + " elements",
          "check the shape of the updates");
    }
    long[] sources = LongStream.range(0, kept).toArray();
    for (int i = 0; i < targets.length; i++) {
      for (int j = 0; j < row; j++) {
        sources[(int) (targets[i] * row) + j] = kept + i * row + j;
      }
    }
    Value all =
        node.addAll(
                new Op.Concat(0),
                List.of(
                    node.reshape(data, Shape.of(kept)),
                    node.reshape(updates, Shape.of(updates.shape().elements()))))
            .getFirst();
    Value indices = node.constant(Tensor.ofLongs(data.shape(), sources));
    return node.add(new Op.Gather(0), all, indices);
  }
}
