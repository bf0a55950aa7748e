package io.edgewright.compiler.graph;

import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Builds a graph node by node: types come from [ShapeRules], values get unique names.
///
/// ```
/// GraphBuilder builder = new GraphBuilder();
/// Value x = builder.input("x", type);
/// Value y = builder.add("scale", new Op.Map(expression), x, builder.constant("factor", tensor));
/// builder.output("y", y);
/// Graph graph = builder.build();
/// ```
public final class GraphBuilder {
  private final List<Value> inputs = new ArrayList<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private final Map<Value, Tensor> constants = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Integer> copies = new HashMap<>();

  /// Keeps names for later use as outputs, so that no value in between takes them.
  public GraphBuilder(Collection<String> reserved) {
    names.addAll(reserved);
  }

  public GraphBuilder() {}

  /// A graph input, under exactly this name.
  ///
  /// @throws IllegalArgumentException when the name is taken
  public Value input(String name, TensorType type) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("a second value named `" + name + "`");
    }
    Value value = new Value(name, type);
    inputs.add(value);
    return value;
  }

  /// A graph input, named `name` or, where that is taken, with a number behind it.
  public Value parameter(String name, TensorType type) {
    return input(unused(name), type);
  }

  /// A constant, named `name` or, where that is taken, with a number behind it.
  ///
  /// @throws OperandException when it passes the limit of one tensor
  public Value constant(String name, Tensor tensor) {
    Value value = new Value(unique(name), TensorLimit.check(tensor.type()));
    constants.put(value, tensor);
    return value;
  }

  /// A node with one output.
  ///
  /// @param name of the node; its output is named after it
  /// @throws OperandException when the inputs do not fit the operator
  public Value add(String name, Op op, Value... operands) {
    List<Value> made = addAll(name, op, List.of(operands));
    if (made.size() != 1) {
      throw new IllegalArgumentException(op + " has " + made.size() + " outputs");
    }
    return made.getFirst();
  }

  /// A node with any number of outputs.
  ///
  /// @throws OperandException when the inputs do not fit the operator
  public List<Value> addAll(String name, Op op, List<Value> operands) {
    List<TensorType> types = ShapeRules.infer(op, operands.stream().map(Value::type).toList());
    List<Value> made = types.stream().map(type -> new Value(unique(name), type)).toList();
    nodes.add(new Node(name, op, operands, made));
    return made;
  }

  /// Makes a value a graph output under exactly this name. Inputs, constants and values that are an
  /// output already are copied, because a value has one name.
  ///
  /// @throws IllegalArgumentException when there is an output of this name
  public void output(String name, Value value) {
    boolean made = !inputs.contains(value) && !constants.containsKey(value);
    Value own =
        made && !outputs.containsValue(value)
            ? value
            : add(name, new Op.Map(Expression.identity()), value);
    names.add(name);
    if (outputs.putIfAbsent(name, own) != null) {
      throw new IllegalArgumentException("a second output named `" + name + "`");
    }
  }

  /// Makes a value a graph output under a name that is free.
  public void result(Value value) {
    output(unused("result"), value);
  }

  /// The tensor of a value that is a constant of this builder.
  public Optional<Tensor> constantOf(Value value) {
    return Optional.ofNullable(constants.get(value));
  }

  /// Adds the nodes of a whole graph, applied to `arguments` in place of its inputs.
  ///
  /// @return what stands for its outputs
  public List<Value> append(Graph graph, List<Value> arguments) {
    if (arguments.size() != graph.inputs().size()) {
      throw new IllegalArgumentException(
          arguments.size() + " arguments for " + graph.inputs().size() + " inputs");
    }
    Map<Value, Value> here = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      here.put(graph.inputs().get(i), arguments.get(i));
    }
    graph.constants().forEach((value, tensor) -> here.put(value, constant(value.name(), tensor)));
    for (Node node : graph.nodes()) {
      List<Value> operands = node.inputs().stream().map(here::get).toList();
      List<Value> made = addAll(node.name(), node.op(), operands);
      for (int i = 0; i < made.size(); i++) {
        here.put(node.outputs().get(i), made.get(i));
      }
    }
    return graph.outputs().stream().map(here::get).toList();
  }

  /// The graph, without nodes and constants that no output needs.
  public Graph build() {
    Map<Value, Value> renamed = new HashMap<>();
    outputs.forEach((name, value) -> renamed.put(value, new Value(name, value.type())));
    checkNames(renamed);
    List<Node> kept = needed().stream().map(node -> rename(node, renamed)).toList();
    Map<Value, Tensor> used = new LinkedHashMap<>();
    for (Node node : kept) {
      for (Value input : node.inputs()) {
        Tensor tensor = constants.get(input);
        if (tensor != null) {
          used.put(input, tensor);
        }
      }
    }
    return new Graph(inputs, outputs.values().stream().map(renamed::get).toList(), used, kept);
  }

  private void checkNames(Map<Value, Value> renamed) {
    for (Node node : nodes) {
      for (Value value : node.outputs()) {
        if (outputs.containsKey(value.name()) && !renamed.containsKey(value)) {
          throw new IllegalStateException(
              "output `" + value.name() + "` was not reserved and is the name of another value");
        }
      }
    }
  }

  private static Node rename(Node node, Map<Value, Value> renamed) {
    return new Node(
        node.name(),
        node.op(),
        node.inputs().stream().map(value -> renamed.getOrDefault(value, value)).toList(),
        node.outputs().stream().map(value -> renamed.getOrDefault(value, value)).toList());
  }

  private List<Node> needed() {
    Set<Value> read = new HashSet<>(outputs.values());
    Set<Node> kept = new LinkedHashSet<>();
    for (Node node : nodes.reversed()) {
      if (node.outputs().stream().anyMatch(read::contains)) {
        kept.add(node);
        read.addAll(node.inputs());
      }
    }
    return new ArrayList<>(kept).reversed();
  }

  private String unique(String name) {
    String unused = unused(name);
    names.add(unused);
    return unused;
  }

  private String unused(String name) {
    String candidate = name;
    while (names.contains(candidate)) {
      candidate = name + "_" + copies.merge(name, 1, Integer::sum);
    }
    return candidate;
  }
}
