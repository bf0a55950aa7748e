package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Dequantization;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ShapeRules;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// `d = dequantize(x); y = Move(d)` -> `m = Move(x); y = dequantize(m)`: bytes are moved instead of
/// floats, and the dequantization comes to stand where the next operator can use it. Move is a
/// Transpose, Reshape, Slice, Expand or Gather, a maximum over a window, or a Pad with a number
/// that some byte stands for. Not with scales or zero points along an axis.
final class SinkDequantizations {
  private final Sweep sweep;

  private SinkDequantizations(Sweep sweep) {
    this.sweep = sweep;
  }

  static Graph rewrite(Graph graph) {
    Sweep sweep = new Sweep(graph);
    SinkDequantizations pass = new SinkDequantizations(sweep);
    graph.nodes().forEach(pass::write);
    return RemoveDeadNodes.rewrite(sweep.finish());
  }

  private void write(Node node) {
    Optional<Node> made =
        sweep.producer(node.input(0)).filter(Dequantization::isOfBytes).filter(this::isUniform);
    Optional<Op> moved = made.flatMap(dequantize -> moved(node.op(), dequantize));
    if (moved.isEmpty()) {
      sweep.write(node);
      return;
    }
    Node dequantize = made.orElseThrow();
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, dequantize.input(0));
    var type = ShapeRules.infer(moved.get(), inputs.stream().map(Value::type).toList()).getFirst();
    Value bytes = new Value(node.output().name() + "/bytes", type);
    sweep.write(new Node(node.name(), moved.get(), inputs, List.of(bytes)));
    List<Value> operands = new ArrayList<>(dequantize.inputs());
    operands.set(0, bytes);
    sweep.write(new Node(dequantize.name(), dequantize.op(), operands, node.outputs()));
  }

  private boolean isUniform(Node dequantize) {
    return dequantize.inputs().stream()
        .skip(1)
        .allMatch(input -> sweep.constant(input).filter(tensor -> tensor.size() == 1).isPresent());
  }

  /// The operator on bytes.
  private Optional<Op> moved(Op op, Node dequantize) {
    return switch (op) {
      case Op.Transpose _, Op.Reshape _, Op.Slice _, Op.Expand _, Op.Gather _ -> Optional.of(op);
      case Op.Pool(Op.PoolKind kind, var _) when kind == Op.PoolKind.MAXIMUM && rises(dequantize) ->
          Optional.of(op);
      case Op.Pad(Op.PadMode mode, var begin, var end, double value) ->
          byteFor(dequantize, value).map(number -> new Op.Pad(mode, begin, end, number));
      case Op _ -> Optional.empty();
    };
  }

  private boolean rises(Node dequantize) {
    return sweep.constant(dequantize.input(1)).orElseThrow().getDouble(0) > 0;
  }

  /// The byte that stands for a number.
  private Optional<Double> byteFor(Node dequantize, double value) {
    Tensor all = Bytes.all(dequantize.input(0).type().element());
    List<Tensor> inputs = new ArrayList<>(List.of(all));
    dequantize.inputs().stream()
        .skip(1)
        .forEach(input -> inputs.add(sweep.constant(input).orElseThrow().withShape(Shape.SCALAR)));
    double[] numbers = Interpreter.run(dequantize.op(), inputs).getFirst().toDoubles();
    return IntStream.range(0, numbers.length)
        .filter(i -> numbers[i] == value)
        .mapToObj(all::getDouble)
        .findFirst();
  }
}
