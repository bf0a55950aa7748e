package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Op.ScatterKind;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;

/// ScatterElements and ScatterND: rows of the data, flattened to a table, are changed at positions
/// that arithmetic on the indices gives.
public final class Scattering {
  private Scattering() {}

  public static Value elements(OnnxNode node) {
    Value data = node.input(0);
    Value indices = node.input(1);
    int axis = node.axis(node.attributes().integer("axis", 0), data.shape().rank());
    Indexing.checkElements(node, data.shape(), indices.shape(), axis);
    Value positions = Indexing.elementPositions(node, data.shape(), indices, axis);
    return scatter(node, data, positions, 1);
  }

  public static Value nd(OnnxNode node) {
    Value data = node.input(0);
    Shape indices = node.input(1).shape();
    int width = (int) (indices.rank() == 0 ? 0 : indices.extent(indices.rank() - 1));
    if (width < 1 || width > data.shape().rank()) {
      throw node.shapes(
          "indices " + indices + " into " + data.shape(),
          "coordinates of at most the data's rank in the last axis",
          "check the shape of the indices");
    }
    Value positions = Indexing.coordinatePositions(node, data.shape(), node.input(1), 0, width);
    long[] extents = data.shape().extents();
    return scatter(node, data, positions, Reshaping.product(extents, width, extents.length));
  }

  /// @param positions row numbers, one per row of updates
  /// @param width elements of one row
  private static Value scatter(OnnxNode node, Value data, Value positions, long width) {
    Value updates = node.input(2);
    Shape list = positions.shape().flat();
    Count wanted = list.dimensions().getFirst().count().times(Count.of(width));
    if (!updates.shape().flat().equals(new Shape(List.of(Dimension.of(wanted))))) {
      throw node.shapes(
          "updates " + updates.shape() + " at positions " + positions.shape(),
          wanted + " elements",
          "check the shape of the updates");
    }
    Dimension columns = Dimension.of(width);
    Dimension rows = Dimension.of(width == 0 ? 0 : data.shape().elements() / width);
    Value table = node.reshape(data, new Shape(List.of(rows, columns)));
    Shape changes = new Shape(List.of(list.dimensions().getFirst(), columns));
    Op scatter = new Op.Scatter(kind(node));
    Value changed =
        node.add(scatter, table, node.reshape(positions, list), node.reshape(updates, changes));
    return node.reshape(changed, data.shape());
  }

  private static ScatterKind kind(OnnxNode node) {
    String word =
        node.attributes().word("reduction", "none", List.of("none", "add", "mul", "min", "max"));
    return switch (word) {
      case "add" -> ScatterKind.ADD;
      case "mul" -> ScatterKind.MULTIPLY;
      case "min" -> ScatterKind.MINIMUM;
      case "max" -> ScatterKind.MAXIMUM;
      default -> ScatterKind.REPLACE;
    };
  }
}
