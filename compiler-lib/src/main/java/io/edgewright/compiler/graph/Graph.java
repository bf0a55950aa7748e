package io.edgewright.compiler.graph;

import io.edgewright.compiler.tensor.Tensor;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A network. Nodes stand in an order in which every value is made before it is read.
///
/// @param constants in the order of first use, so that everything made from a graph is reproducible
public record Graph(
    List<Value> inputs, List<Value> outputs, Map<Value, Tensor> constants, List<Node> nodes) {
  public Graph {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
    nodes = List.copyOf(nodes);
  }

  public boolean isConstant(Value value) {
    return constants.containsKey(value);
  }

  /// The constant's tensor.
  ///
  /// @throws IllegalArgumentException when the value is not a constant
  public Tensor constant(Value value) {
    Tensor tensor = constants.get(value);
    if (tensor == null) {
      throw new IllegalArgumentException(value + " is not a constant");
    }
    return tensor;
  }

  /// How often each value is read; being a graph output counts as a read.
  public Map<Value, Integer> readers() {
    Map<Value, Integer> readers = new HashMap<>();
    outputs.forEach(output -> readers.merge(output, 1, Integer::sum));
    nodes.forEach(node -> node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
    return readers;
  }

  /// The node that makes each value.
  public Map<Value, Node> producers() {
    Map<Value, Node> producers = new HashMap<>();
    nodes.forEach(node -> node.outputs().forEach(output -> producers.put(output, node)));
    return producers;
  }
}
