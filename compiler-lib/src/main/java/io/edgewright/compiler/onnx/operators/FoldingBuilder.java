package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.graph.Cost;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.OperandException;
import io.edgewright.compiler.graph.ShapeRules;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Builds a graph and computes at once every node whose inputs are constants, within a budget of
/// memory and of work.
public final class FoldingBuilder {
  private static final long MAXIMUM_BYTES = 256L << 20;
  private static final long MAXIMUM_OPERATIONS = 20_000_000_000L;

  private final GraphBuilder builder;
  private long bytes;
  private long operations;

  /// @param reserved names that outputs will have
  public FoldingBuilder(Collection<String> reserved) {
    this.builder = new GraphBuilder(reserved);
  }

  public Value input(String name, TensorType type) {
    return builder.input(name, type);
  }

  public Value constant(String name, Tensor tensor) {
    return builder.constant(name, tensor);
  }

  public void output(String name, Value value) {
    builder.output(name, value);
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
    return tensors.size() == inputs.size()
        ? fold(name, op, tensors)
        : builder.addAll(name, op, inputs);
  }

  private List<Value> fold(String name, Op op, List<Tensor> inputs) {
    List<TensorType> types = inputs.stream().map(Tensor::type).toList();
    List<TensorType> outputs = ShapeRules.infer(op, types);
    if (op instanceof Op.Reshape(var shape)) {
      return List.of(constant(name, inputs.getFirst().withShape(shape)));
    }
    spend(outputs, Cost.of(op, types, outputs));
    return Interpreter.run(op, inputs).stream().map(made -> constant(name, made)).toList();
  }

  private void spend(List<TensorType> outputs, Cost cost) {
    long made = outputs.stream().mapToLong(type -> Double.BYTES * type.shape().elements()).sum();
    bytes += outputs.stream().mapToLong(TensorType::bytes).sum();
    operations += cost.operations();
    if (made > MAXIMUM_BYTES || bytes > MAXIMUM_BYTES || operations > MAXIMUM_OPERATIONS) {
      throw new OperandException(
          ErrorCode.FOLDING_TOO_LARGE,
          String.format(
              Locale.ROOT,
              "constants of %s to compute, with %,d bytes and %,d operations up to here",
              outputs,
              bytes,
              operations),
          String.format(
              Locale.ROOT,
              "at most %,d bytes and %,d operations in all",
              MAXIMUM_BYTES,
              MAXIMUM_OPERATIONS),
          "store the result in the model (onnxsim does that), or use smaller constants");
    }
  }
}
