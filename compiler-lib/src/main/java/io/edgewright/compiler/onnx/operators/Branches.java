package io.edgewright.compiler.onnx.operators;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// If: the branch itself where the condition is known when compiling, else both.
public final class Branches {
  private Branches() {}

  public static List<Value> read(OnnxNode node) {
    GraphProto then = node.attributes().graph("then_branch");
    GraphProto otherwise = node.attributes().graph("else_branch");
    if (then.getOutputCount() < 1 || otherwise.getOutputCount() != then.getOutputCount()) {
      throw node.shapes(
          "branches with %d and %d outputs"
              .formatted(then.getOutputCount(), otherwise.getOutputCount()),
          "as many in both, and one at least",
          "give both branches the outputs of the node");
    }
    Value condition = condition(node, node.input(0));
    Optional<Tensor> known = node.tensor(condition);
    if (known.isPresent()) {
      return node.inline(known.get().getLong(0) != 0 ? then : otherwise, List.of());
    }
    Body first = node.nest(inside -> inside.inline(then, List.of()));
    Body second = node.nest(inside -> inside.inline(otherwise, List.of()));
    List<Value> captured = Body.captures(List.of(first, second));
    List<Value> operands = new ArrayList<>(List.of(condition));
    operands.addAll(captured);
    return node.addAll(new Op.If(first.capturing(captured), second.capturing(captured)), operands);
  }

  /// A bool of rank 0.
  static Value condition(OnnxNode node, Value value) {
    if (value.type().element() != ElementType.BOOL || value.shape().elements() != 1) {
      throw node.shapes("a condition " + value.type(), "one bool", "cast it to bool");
    }
    return node.reshape(value, Shape.SCALAR);
  }
}
