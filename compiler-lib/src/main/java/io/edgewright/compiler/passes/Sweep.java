package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One walk over the nodes of a graph, in order, that writes a new list of nodes. A pass looks back
/// at what it has written, may take a node out again that only it reads, and puts its own in place.
final class Sweep {
  private final Graph graph;
  private final Map<Value, Tensor> constants;
  private final Map<Value, Integer> readingNodes = new HashMap<>();
  private final Set<Value> outputs;
  private final Map<Value, Node> written = new HashMap<>();
  private final Map<Value, Integer> positions = new HashMap<>();
  private final List<Optional<Node>> nodes = new ArrayList<>();
  private int nextConstant;

  Sweep(Graph graph) {
    this.graph = graph;
    this.constants = new LinkedHashMap<>(graph.constants());
    this.outputs = new HashSet<>(graph.outputs());
    for (Node node : graph.nodes()) {
      new HashSet<>(node.inputs()).forEach(input -> readingNodes.merge(input, 1, Integer::sum));
    }
  }

  void write(Node node) {
    for (Value output : node.outputs()) {
      positions.put(output, nodes.size());
      written.put(output, node);
    }
    nodes.add(Optional.of(node));
  }

  /// The node written so far that makes a value.
  Optional<Node> producer(Value value) {
    return Optional.ofNullable(written.get(value));
  }

  /// The producer, if one node reads the value and it is no output of the graph.
  Optional<Node> soleProducer(Value value) {
    boolean sole = readingNodes.getOrDefault(value, 0) == 1 && !outputs.contains(value);
    return sole ? producer(value) : Optional.empty();
  }

  /// Place of a written node; later nodes have greater numbers.
  int position(Node node) {
    return positions.getOrDefault(node.outputs().getFirst(), -1);
  }

  /// Takes a written node back; the node written next makes up for it.
  void takeBack(Node node) {
    nodes.set(position(node), Optional.empty());
    node.outputs().forEach(written::remove);
  }

  Optional<Tensor> constant(Value value) {
    return Optional.ofNullable(constants.get(value));
  }

  /// A new constant; the name is made unique.
  Value addConstant(String name, Tensor tensor) {
    Value value = new Value(name + "/" + nextConstant++, tensor.type());
    while (constants.containsKey(value)) {
      value = new Value(name + "/" + nextConstant++, tensor.type());
    }
    constants.put(value, tensor);
    return value;
  }

  Graph finish() {
    List<Node> kept = nodes.stream().flatMap(Optional::stream).toList();
    return new Graph(graph.inputs(), graph.outputs(), constants, kept);
  }
}
