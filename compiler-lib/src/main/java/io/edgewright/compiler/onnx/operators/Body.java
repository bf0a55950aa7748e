package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A graph for an operator that runs graphs.
///
/// @param graph its inputs are those that it was given, then one for each captured value
/// @param captured values of the graph around
/// @param constants the tensor of each output that is a constant
record Body(Graph graph, List<Value> captured, List<Optional<Tensor>> constants) {
  /// All that some bodies capture, each once.
  static List<Value> captures(List<Body> bodies) {
    Set<Value> all = new LinkedHashSet<>();
    bodies.forEach(body -> all.addAll(body.captured));
    return List.copyOf(all);
  }

  /// The same graph with inputs for exactly these captured values, in this order; it reads only
  /// those that are its own.
  Graph capturing(List<Value> values) {
    int given = graph.inputs().size() - captured.size();
    List<Value> inputs = new ArrayList<>(graph.inputs().subList(0, given));
    Set<String> names = names();
    for (Value value : values) {
      int own = captured.indexOf(value);
      inputs.add(own < 0 ? unread(value, names) : graph.inputs().get(given + own));
    }
    return new Graph(inputs, graph.outputs(), graph.constants(), graph.nodes());
  }

  private static Value unread(Value value, Set<String> names) {
    String name = value.name();
    while (!names.add(name)) {
      name += "_";
    }
    return new Value(name, value.type());
  }

  private Set<String> names() {
    Set<String> names = new HashSet<>();
    graph.inputs().forEach(value -> names.add(value.name()));
    graph.constants().keySet().forEach(value -> names.add(value.name()));
    graph.nodes().stream()
        .map(Node::outputs)
        .flatMap(List::stream)
        .forEach(value -> names.add(value.name()));
    return names;
  }

  /// The same without its first output.
  Body withoutFirstOutput() {
    List<Value> rest = graph.outputs().subList(1, graph.outputs().size());
    Graph smaller = new Graph(graph.inputs(), rest, graph.constants(), graph.nodes());
    return new Body(smaller, captured, constants.subList(1, constants.size()));
  }
}
