package io.edgewright.compiler.onnx.operators;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/// What an importer works on: an ONNX node with its inputs looked up, and the graph that grows.
public final class OnnxNode {
  /// More axes, extents or parts than any model has.
  private static final int LONGEST_LIST = 50_000;

  private final NodeProto proto;
  private final String name;
  private final int opset;
  private final List<Optional<Value>> inputs;
  private final Attributes attributes;
  private final Surroundings surroundings;
  private final FoldingBuilder builder;

  /// @param inputs empty where an optional input is left out
  public OnnxNode(
      NodeProto proto, int opset, List<Optional<Value>> inputs, Surroundings surroundings) {
    this.proto = proto;
    this.name = nameOf(proto);
    this.opset = opset;
    this.inputs = inputs;
    this.attributes = new Attributes(proto, name);
    this.surroundings = surroundings;
    this.builder = surroundings.builder();
  }

  /// The same node, building another graph.
  private OnnxNode(OnnxNode node, Surroundings surroundings) {
    this.proto = node.proto;
    this.name = node.name;
    this.opset = node.opset;
    this.inputs = node.inputs;
    this.attributes = node.attributes;
    this.surroundings = surroundings;
    this.builder = surroundings.builder();
  }

  /// Its name, or its first output where it has none.
  public static String nameOf(NodeProto proto) {
    return !proto.getName().isEmpty() || proto.getOutputCount() == 0
        ? proto.getName()
        : proto.getOutput(0);
  }

  public String operator() {
    return proto.getOpType();
  }

  public int opset() {
    return opset;
  }

  public Attributes attributes() {
    return attributes;
  }

  public Location where() {
    return Location.node(name, operator());
  }

  // ---- inputs

  public int inputCount() {
    return inputs.size();
  }

  public Optional<Value> optional(int index) {
    return index < inputs.size() ? inputs.get(index) : Optional.empty();
  }

  public Value input(int index) {
    return optional(index)
        .orElseThrow(() ->
            invalid(
                "no input " + index,
                "at least " + (index + 1) + " inputs",
                "give the input that the operator needs"));
  }

  /// All inputs; none may be left out.
  public List<Value> inputs() {
    input(0);
    return IntStream.range(0, inputs.size()).mapToObj(this::input).toList();
  }

  /// Whether the node's output at an index is named, so that somebody may read it.
  public boolean wants(int output) {
    return output < proto.getOutputCount() && !proto.getOutput(output).isEmpty();
  }

  public int outputCount() {
    return proto.getOutputCount();
  }

  public Optional<Tensor> tensor(Value value) {
    return builder.tensor(value);
  }

  /// The value of an input that must be known when compiling.
  ///
  /// @param role as ONNX names it
  public Tensor constant(int index, String role) {
    return tensor(input(index))
        .orElseThrow(() ->
            new CompileException(
                ErrorCode.OPERATOR_UNSUPPORTED,
                where(),
                "`" + role + "` is computed from the model's inputs",
                "a constant, or something computed from constants and shapes",
                "export the model with fixed shapes, or make `" + role + "` a constant"));
  }

  /// Integers that are numbers, or formulas of extents that only a run knows.
  public List<Count> counts(int index, String role) {
    return builder
        .counts(input(index))
        .orElseGet(
            () -> Arrays.stream(constant(index, role).toLongs()).mapToObj(Count::of).toList());
  }

  /// The only element of an input, where only a run knows it.
  Optional<Count> runTimeCount(int index) {
    return builder
        .counts(input(index))
        .filter(elements -> elements.size() == 1)
        .map(List::getFirst)
        .filter(element -> element.number().isEmpty());
  }

  public List<Long> integers(int index, String role) {
    Tensor tensor = constant(index, role);
    if (tensor.size() > LONGEST_LIST) {
      throw invalid(
          "`" + role + "` " + tensor, "at most " + LONGEST_LIST + " numbers", "check the input");
    }
    return Arrays.stream(tensor.toLongs()).boxed().toList();
  }

  public Optional<List<Long>> optionalIntegers(int index, String role) {
    return optional(index).map(_ -> integers(index, role));
  }

  /// A constant input that must be one number.
  public Tensor scalar(int index, String role) {
    Tensor tensor = constant(index, role);
    if (tensor.size() != 1) {
      throw invalid("`" + role + "` " + tensor, "one number", "export the model again");
    }
    return tensor;
  }

  /// The only element of a constant input.
  public long integer(int index, String role) {
    return scalar(index, role).toLongs()[0];
  }

  /// An axis counted from the front, where negative ones count from the end.
  public int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw invalid(
          "axis " + axis + " of a tensor of rank " + rank,
          "-" + rank + " to " + (rank - 1),
          "check the axis and the shape of the input");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  // ---- building

  /// An extent of this node's outputs that only a run of the program knows.
  public Dimension found(long maximum) {
    return Dimension.upTo(builder.unusedExtent(name), maximum);
  }

  public Value add(Op op, Value... operands) {
    return addAll(op, List.of(operands)).getFirst();
  }

  public List<Value> addAll(Op op, List<Value> operands) {
    return builder.add(name, op, operands);
  }

  /// A node with one output that stays in the graph though all its inputs may be constants.
  Value addUnfolded(Op op, List<Value> operands) {
    return builder.addUnfolded(name, op, operands);
  }

  public Value map(Expression expression, Value... operands) {
    return add(new Op.Map(expression), operands);
  }

  public Value constant(Tensor tensor) {
    return builder.constant(name, tensor);
  }

  /// The value under another shape; itself when it has that shape.
  public Value reshape(Value value, Shape shape) {
    return value.shape().equals(shape) ? value : add(new Op.Reshape(shape), value);
  }

  public Value convert(Value value, ElementType to) {
    return value.type().element() == to
        ? value
        : map(new Expression.Convert(to, Expression.identity()), value);
  }

  // ---- graphs inside of operators

  /// Adds the nodes of a graph in an attribute to the graph that grows.
  public List<Value> inline(GraphProto graph, List<Value> arguments) {
    return surroundings.inline(graph, arguments, where());
  }

  /// Builds a graph for an operator that runs it.
  ///
  /// @param build adds inputs first, then nodes, and gives the outputs
  Body nest(Function<OnnxNode, List<Value>> build) {
    OnnxNode inside = new OnnxNode(this, surroundings.inner());
    List<Value> outputs = build.apply(inside);
    List<Optional<Tensor>> constants = outputs.stream().map(inside::tensor).toList();
    outputs.forEach(inside.builder::result);
    return new Body(inside.builder.build(), inside.surroundings.captured(), constants);
  }

  /// An input of the graph that grows, inside of an operator.
  Value parameter(String parameter, TensorType type) {
    return builder.parameter(parameter, type);
  }

  /// What stands in the graph that grows for a value of the graph around it.
  Value capture(Value outer) {
    return surroundings.capture(outer);
  }

  // ---- problems

  public CompileException invalid(String seen, String allowed, String hint) {
    return new CompileException(ErrorCode.OPERATOR_INVALID, where(), seen, allowed, hint);
  }

  public CompileException unsupported(String seen, String allowed, String hint) {
    return new CompileException(ErrorCode.OPERATOR_UNSUPPORTED, where(), seen, allowed, hint);
  }

  public CompileException shapes(String seen, String allowed, String hint) {
    return new CompileException(ErrorCode.SHAPE_MISMATCH, where(), seen, allowed, hint);
  }
}
