package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.graph.OperandException;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.onnx.operators.FoldingBuilder;
import io.edgewright.compiler.onnx.operators.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The names of one ONNX graph while it is imported, with the values that stand for them. A graph
/// inside of a node also sees the names around it; the body of a function sees its arguments only.
final class GraphScope implements Surroundings {
  private final ModelScope model;
  private final Optional<GraphScope> around;
  private final FoldingBuilder builder;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Value> values = new HashMap<>();

  /// What stands here for values of the graph around, which another builder made.
  private final Map<Value, Value> captured = new LinkedHashMap<>();

  /// Names whose value could not be made; what reads them says nothing more.
  private final Set<String> failed = new HashSet<>();

  private GraphScope(ModelScope model, Optional<GraphScope> around, FoldingBuilder builder) {
    this.model = model;
    this.around = around;
    this.builder = builder;
  }

  /// The outermost scope of a model.
  GraphScope(ModelScope model, FoldingBuilder builder) {
    this(model, Optional.empty(), builder);
  }

  /// A scope that sees no names of this one and builds the same graph.
  GraphScope apart(ModelScope function) {
    return new GraphScope(function, Optional.empty(), builder);
  }

  // ---- names

  List<Problem> problems() {
    return problems;
  }

  Map<String, Value> values() {
    return values;
  }

  boolean isFailed(String name) {
    return failed.contains(name)
        || (!values.containsKey(name) && around.filter(outer -> outer.isFailed(name)).isPresent());
  }

  boolean isDefined(String name) {
    return values.containsKey(name) || failed.contains(name);
  }

  boolean isKnown(String name) {
    return isDefined(name) || around.filter(outer -> outer.isKnown(name)).isPresent();
  }

  /// The value of a name, here or around; a value from around is captured.
  Optional<Value> find(String name) {
    if (isDefined(name)) {
      return Optional.ofNullable(values.get(name));
    }
    return around.flatMap(outer -> outer.find(name)).map(this::capture);
  }

  /// Constants are copied, so that kernels can still prepare them.
  @Override
  public Value capture(Value outer) {
    GraphScope owner = around.orElseThrow();
    if (owner.builder == builder) {
      return outer;
    }
    Value known = captured.get(outer);
    if (known == null) {
      known =
          owner
              .builder
              .tensor(outer)
              .map(tensor -> builder.constant(outer.name(), tensor))
              .orElseGet(() -> builder.parameter(outer.name(), outer.type()));
      Value here = known;
      owner.builder.counts(outer).ifPresent(counts -> builder.know(here, counts));
      captured.put(outer, known);
    }
    return known;
  }

  @Override
  public List<Value> captured() {
    return captured.entrySet().stream()
        .filter(entry -> builder.tensor(entry.getValue()).isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Defines a name, or notes why that is not possible.
  void make(String name, Location where, Supplier<Value> maker) {
    if (isDefined(name)) {
      invalid(where, "a second value named `" + name + "`", "names that differ");
      return;
    }
    try {
      values.put(name, maker.get());
    } catch (OperandException e) {
      fail(e.at(where), List.of(name));
    } catch (CompileException e) {
      fail(e, List.of(name));
    }
  }

  /// Notes that names have no value; why is said elsewhere.
  void fail(List<String> names) {
    failed.addAll(names);
  }

  void fail(CompileException cause, List<String> names) {
    problems.addAll(cause.problems());
    failed.addAll(names);
  }

  void invalid(Location where, String seen, String allowed) {
    problems.add(
        new Problem(
            ErrorCode.GRAPH_INVALID, where, seen, allowed, "export the model again, or mend it"));
  }

  // ---- graphs inside of nodes

  @Override
  public FoldingBuilder builder() {
    return builder;
  }

  @Override
  public Surroundings inner() {
    return new GraphScope(model, Optional.of(this), builder.nested());
  }

  @Override
  public List<Value> inline(GraphProto graph, List<Value> arguments, Location where) {
    GraphScope inside = new GraphScope(model, Optional.of(this), builder);
    List<String> inputs = InputTypes.inputs(graph).stream().map(ValueInfoProto::getName).toList();
    inside.define(inputs, arguments, where);
    NodeReader reader = new NodeReader(model, inside);
    reader.checkOperators(graph.getNodeList());
    reader.readInitializers(graph);
    reader.readNodes(graph.getNodeList());
    return inside.results(graph.getOutputList().stream().map(ValueInfoProto::getName).toList());
  }

  private void define(List<String> names, List<Value> arguments, Location where) {
    if (names.size() != arguments.size()) {
      invalid(
          where,
          "a graph with " + names.size() + " inputs",
          arguments.size() + ", one for each value that the node gives it");
    }
    for (int i = 0; i < Math.min(names.size(), arguments.size()); i++) {
      Value argument = arguments.get(i);
      make(names.get(i), Location.value(names.get(i)), () -> argument);
    }
  }

  /// The values of names that are outputs.
  ///
  /// @throws CompileException with every problem of this scope
  List<Value> results(List<String> names) {
    for (String name : names) {
      if (!isKnown(name)) {
        invalid(Location.value(name), "an output that nothing makes", "the output of a node");
      }
    }
    if (problems.isEmpty() && names.stream().anyMatch(this::isFailed)) {
      throw new IllegalStateException("outputs " + names + " failed without a problem");
    }
    if (!problems.isEmpty()) {
      throw new CompileException(problems);
    }
    return names.stream().map(name -> find(name).orElseThrow()).toList();
  }
}
