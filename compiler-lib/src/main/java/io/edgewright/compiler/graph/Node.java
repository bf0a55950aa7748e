package io.edgewright.compiler.graph;

import java.util.List;

/// One application of an operator.
///
/// @param name the name of the ONNX node that it came from; generated code repeats it
public record Node(String name, Op op, List<Value> inputs, List<Value> outputs) {
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /// The same with another operator.
  public Node withOp(Op changed) {
    return new Node(name, changed, inputs, outputs);
  }

  public Value input(int index) {
    return inputs.get(index);
  }

  /// The only output.
  public Value output() {
    if (outputs.size() != 1) {
      throw new IllegalStateException(name + " has " + outputs.size() + " outputs");
    }
    return outputs.getFirst();
  }
}
