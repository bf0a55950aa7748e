package io.edgewright.compiler;

import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;
import java.util.Map;

/// What can be said of a model and a manifest without generating code.
///
/// @param problems everything that stands against a compilation; empty when nothing does
/// @param inputs of the network as the model names them
/// @param outputs of the network
/// @param operators kinds of graph operators and how many nodes have them
public record Inspection(
    List<Problem> problems, List<Port> inputs, List<Port> outputs, Map<String, Long> operators) {
  /// An input or output of the network.
  public record Port(String name, TensorType type) {
    static Port of(Value value) {
      return new Port(value.name(), value.type());
    }
  }

  public Inspection {
    problems = List.copyOf(problems);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    operators = Map.copyOf(operators);
  }

  static Inspection failed(List<Problem> problems) {
    return new Inspection(problems, List.of(), List.of(), Map.of());
  }
}
