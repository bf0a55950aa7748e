package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.OperandException;
import io.edgewright.compiler.graph.ShapeRules;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Builds a graph and computes at once every node whose inputs are constants, within a budget of
/// memory and of work.
public final class FoldingBuilder {
  private final GraphBuilder builder;
  private final FoldingBudget budget;

  /// Names of what only a run knows, in the whole model.
  private final Set<String> extents;

  private final Map<Value, List<Count>> counts = new HashMap<>();

  /// @param reserved names that outputs will have
  public FoldingBuilder(Collection<String> reserved) {
    this(reserved, new FoldingBudget(), new HashSet<>());
  }

  private FoldingBuilder(Collection<String> reserved, FoldingBudget budget, Set<String> extents) {
    this.builder = new GraphBuilder(reserved);
    this.budget = budget;
    this.extents = extents;
  }

  /// A builder of a graph inside of an operator, on the same budget.
  public FoldingBuilder nested() {
    return new FoldingBuilder(List.of(), budget, extents);
  }

  public Value input(String name, TensorType type) {
    for (Dimension dimension : type.shape().dimensions()) {
      if (dimension instanceof Dimension.Bounded(Count count)) {
        count.terms().forEach(term -> term.names().forEach(known -> extents.add(known.text())));
      }
    }
    return builder.input(name, type);
  }

  /// A name for what an operator finds out: nodes of functions and loops come more than once.
  String unusedExtent(String name) {
    String candidate = name;
    for (int copy = 1; !extents.add(candidate); copy++) {
      candidate = name + "_" + copy;
    }
    return candidate;
  }

  /// An input of a graph inside of an operator; its name need not be free.
  public Value parameter(String name, TensorType type) {
    return builder.parameter(name, type);
  }

  public Value constant(String name, Tensor tensor) {
    return builder.constant(name, tensor);
  }

  public void output(String name, Value value) {
    builder.output(name, value);
  }

  /// An output of a graph inside of an operator, under a name that is free.
  void result(Value value) {
    builder.result(value);
  }

  public Graph build() {
    return builder.build();
  }

  /// The tensor of a value that is a constant, given or computed.
  public Optional<Tensor> tensor(Value value) {
    return builder.constantOf(value);
  }

  /// @throws OperandException when the inputs do not fit the operator or the budget is spent
  public List<Value> add(String name, Op op, List<Value> inputs) {
    List<Tensor> tensors = new ArrayList<>();
    for (Value input : inputs) {
      tensor(input).ifPresent(tensors::add);
    }
    List<TensorType> types = ShapeRules.infer(op, inputs.stream().map(Value::type).toList());
    boolean fixed = types.stream().allMatch(type -> type.shape().isFixed());
    if ((fixed || op instanceof Op.Loop) && tensors.size() == inputs.size()) {
      return fold(name, op, inputs, tensors);
    }
    Optional<List<Count>> elements = counts(op, inputs, types.getFirst());
    Optional<Value> number = elements.flatMap(known -> number(name, types.getFirst(), known));
    if (number.isPresent()) {
      return List.of(number.get());
    }
    List<Value> made = builder.addAll(name, op, inputs);
    elements.ifPresent(known -> counts.put(made.getFirst(), known));
    return made;
  }

  /// A node with one output that is left for the passes, whatever its inputs are.
  Value addUnfolded(String name, Op op, List<Value> inputs) {
    return builder.addAll(name, op, inputs).getFirst();
  }

  /// The same value as one of another builder, of which that knows the elements.
  public void know(Value value, List<Count> elements) {
    counts.put(value, elements);
  }

  /// Integers that are known, as formulas of what only a run knows.
  public Optional<List<Count>> counts(Value value) {
    List<Count> known = counts.get(value);
    return known != null ? Optional.of(known) : tensor(value).flatMap(CountFolding::of);
  }

  private Optional<List<Count>> counts(Op op, List<Value> inputs, TensorType type) {
    if (op instanceof Op.Extents) {
      return Optional.of(CountFolding.extents(inputs.getFirst()));
    }
    if (type.element().isFloat() || inputs.stream().noneMatch(counts::containsKey)) {
      return Optional.empty();
    }
    List<List<Count>> elements = new ArrayList<>();
    inputs.forEach(input -> counts(input).ifPresent(elements::add));
    return elements.size() == inputs.size()
        ? CountFolding.apply(op, inputs, elements, type.shape())
        : Optional.empty();
  }

  /// A constant, where no formula is left.
  private Optional<Value> number(String name, TensorType type, List<Count> elements) {
    if (!elements.stream().allMatch(element -> element.number().isPresent())) {
      return Optional.empty();
    }
    long[] numbers = elements.stream().mapToLong(n -> n.number().orElseThrow()).toArray();
    return Optional.of(constant(name, Tensor.ofIntegers(type.element(), type.shape(), numbers)));
  }

  private List<Value> fold(String name, Op op, List<Value> inputs, List<Tensor> tensors) {
    List<TensorType> types = tensors.stream().map(Tensor::type).toList();
    List<TensorType> outputs = ShapeRules.infer(op, types);
    if (op instanceof Op.Reshape(var shape)) {
      return List.of(constant(name, tensors.getFirst().withShape(shape)));
    }
    if (!budget.affords(op, types, outputs)) {
      return builder.addAll(name, op, inputs);
    }
    budget.spend(op, types, outputs);
    return Interpreter.run(op, tensors).stream().map(made -> constant(name, made)).toList();
  }
}
