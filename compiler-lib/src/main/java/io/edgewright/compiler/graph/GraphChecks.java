package io.edgewright.compiler.graph;

import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What holds of every graph, whatever pass made it: names are unique, a value is made before it is
/// read, types are those that [ShapeRules] gives, outputs exist. So for graphs inside of nodes.
public final class GraphChecks {
  private final Set<Value> made = new HashSet<>();
  private final Map<String, Value> names = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  private GraphChecks() {}

  /// @throws IllegalStateException with every violation; the caller says which pass is to blame
  public static void verify(Graph graph) {
    List<String> violations = violations(graph);
    if (!violations.isEmpty()) {
      throw new IllegalStateException(String.join("\n", violations));
    }
  }

  /// One sentence for each rule that is broken somewhere.
  public static List<String> violations(Graph graph) {
    GraphChecks checks = new GraphChecks();
    graph.inputs().forEach(input -> checks.make(input, "the graph's inputs"));
    graph.constants().forEach(checks::constant);
    graph.nodes().forEach(checks::node);
    graph.outputs().forEach(output -> checks.read(output, "the graph's outputs"));
    if (new HashSet<>(graph.outputs()).size() != graph.outputs().size()) {
      checks.violations.add("a value is an output twice");
    }
    return checks.violations;
  }

  private void constant(Value value, Tensor tensor) {
    make(value, "the constants");
    if (!tensor.type().equals(value.type())) {
      violations.add("constant " + value + " has a tensor " + tensor.type());
    }
  }

  private void node(Node node) {
    String where = "node `" + node.name() + "`";
    node.op()
        .bodies()
        .forEach(body -> violations(body).forEach(inner -> violations.add(where + ": " + inner)));
    node.inputs().forEach(input -> read(input, where));
    node.outputs().forEach(output -> make(output, where));
    List<TensorType> stated = node.outputs().stream().map(Value::type).toList();
    try {
      List<TensorType> inferred =
          ShapeRules.infer(node.op(), node.inputs().stream().map(Value::type).toList());
      if (!inferred.equals(stated)) {
        violations.add(where + " states " + stated + ", its operator gives " + inferred);
      }
    } catch (OperandException | IllegalStateException | ArithmeticException e) {
      violations.add(where + ": " + e.getMessage());
    }
  }

  private void make(Value value, String where) {
    made.add(value);
    Value other = names.put(value.name(), value);
    if (other != null) {
      violations.add(where + " make `" + value.name() + "` a second time");
    }
  }

  private void read(Value value, String where) {
    if (!made.contains(value)) {
      Value other = names.get(value.name());
      String kind = other == null ? "which nothing before it makes" : "but that is " + other;
      violations.add(where + " reads " + value + ", " + kind);
    }
  }
}
