package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// Unique: elements, or slices along an axis, each once. The axis comes to the front and the rest
/// becomes a row.
public final class Uniques {
  private Uniques() {}

  public static List<Value> read(OnnxNode node) {
    Value x = node.input(0);
    boolean sorted = node.attributes().flag("sorted", true);
    if (!node.attributes().has("axis")) {
      Dimension all = x.shape().flat().dimensions().getFirst();
      List<Value> made = unique(node, x, new Shape(List.of(all, Dimension.of(1))), sorted);
      Shape list = new Shape(made.getFirst().shape().dimensions().subList(0, 1));
      return withFirst(node.reshape(made.getFirst(), list), made);
    }
    int axis = node.axis(node.attributes().integer("axis", 0), x.shape().rank());
    List<Integer> order = new ArrayList<>(List.of(axis));
    List<Integer> back = new ArrayList<>();
    for (int i = 0; i < x.shape().rank(); i++) {
      if (i != axis) {
        order.add(i);
      }
      back.add(i < axis ? i + 1 : i == axis ? 0 : i);
    }
    Value front = node.add(new Op.Transpose(order), x);
    List<Value> made = unique(node, front, Reshaping.flattened(front.shape(), 1), sorted);
    Dimension found = made.getFirst().shape().dimensions().getFirst();
    Value slices = node.reshape(made.getFirst(), front.shape().with(0, found));
    return withFirst(node.add(new Op.Transpose(back), slices), made);
  }

  private static List<Value> unique(OnnxNode node, Value x, Shape table, boolean sorted) {
    Dimension found = node.found(table.atCapacity().extent(0));
    Shape shape = new Shape(List.of(found, table.dimensions().getLast()));
    return node.addAll(new Op.Unique(sorted, shape), List.of(node.reshape(x, table)));
  }

  private static List<Value> withFirst(Value first, List<Value> made) {
    List<Value> all = new ArrayList<>(made);
    all.set(0, first);
    return all;
  }
}
