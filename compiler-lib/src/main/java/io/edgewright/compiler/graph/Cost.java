package io.edgewright.compiler.graph;

import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// Work of a node or of a whole graph, before any optimisation.
///
/// @param operations arithmetic operations; a multiply-add counts as two
/// @param bytes of all tensors read and written, each once
public record Cost(long operations, long bytes) {
  public static final Cost ZERO = new Cost(0, 0);

  /// Rounds of a loop of which nothing is known when compiling.
  public static final long ASSUMED_ROUNDS = 16;

  public static Cost of(Graph graph) {
    return graph.nodes().stream().map(Cost::of).reduce(ZERO, Cost::plus);
  }

  public static Cost of(Node node) {
    return of(
        node.op(),
        node.inputs().stream().map(Value::type).toList(),
        node.outputs().stream().map(Value::type).toList());
  }

  /// Saturates rather than overflows.
  public static Cost of(Op op, List<TensorType> inputs, List<TensorType> outputs) {
    double bytes = 0;
    for (List<TensorType> side : List.of(inputs, outputs)) {
      bytes += side.stream().mapToDouble(type -> elements(type) * type.element().bytes()).sum();
    }
    Optional<Cost> bodies = ofBodies(op);
    if (bodies.isPresent()) {
      return bodies.get().plus(new Cost(0, (long) bytes));
    }
    double perElement = operationsPerOutput(op, inputs, outputs);
    return new Cost((long) (perElement * elements(outputs.getFirst())), (long) bytes);
  }

  /// Of two branches the dearer, of a loop all rounds.
  private static Optional<Cost> ofBodies(Op op) {
    return switch (op) {
      case Op.If(Graph then, Graph otherwise) -> {
        Cost first = of(then);
        Cost second = of(otherwise);
        yield Optional.of(first.operations > second.operations ? first : second);
      }
      case Op.Loop loop -> {
        Cost round = of(loop.body());
        long rounds = rounds(loop);
        yield Optional.of(
            new Cost(
                (long) ((double) round.operations * rounds),
                (long) ((double) round.bytes * rounds)));
      }
      case Op _ -> Optional.empty();
    };
  }

  /// How often a loop is taken to run: as often as it may, or, where only a call knows,
  /// [#ASSUMED_ROUNDS] times.
  public static long rounds(Op.Loop loop) {
    return loop.most() == Op.Loop.UNBOUNDED ? ASSUMED_ROUNDS : loop.most();
  }

  /// Saturates rather than overflows.
  public Cost plus(Cost other) {
    return new Cost(sum(operations, other.operations), sum(bytes, other.bytes));
  }

  private static long sum(long left, long right) {
    return left > Long.MAX_VALUE - right ? Long.MAX_VALUE : left + right;
  }

  private static double operationsPerOutput(
      Op op, List<TensorType> inputs, List<TensorType> outputs) {
    TensorType first = inputs.getFirst();
    double reduction = elements(first) / Math.max(1, elements(outputs.getFirst()));
    return switch (op) {
      case Op.Convolution(Window _, int _, long _, Expression epilogue) ->
          2 * elements(inputs.get(1)) / Math.max(1, inputs.get(1).shape().extent(0))
              + epilogue.operations();
      case Op.MatrixMultiply(Expression epilogue) ->
          2.0 * first.shape().atCapacity().extent(first.shape().rank() - 1) + epilogue.operations();
      case Op.Map(Expression expression) -> expression.operations();
      case Op.Pool(Op.PoolKind _, Window window) ->
          window.kernel().stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
      case Op.Reduce _, Op.ArgumentReduce _ -> reduction;
      case Op.Softmax _ -> 4;
      case Op.TopK(int axis, long _, boolean _) -> sorting((double) first.shape().extent(axis));
      case Op.Resize(Shape _, List<Double> _, Op.ResizeMode mode, var _, var _) ->
          switch (mode) {
            case NEAREST -> 0;
            case LINEAR -> 8;
            case CUBIC -> 32;
          };
      case Op.ImageToTensor _ -> 16;
      case Op.SelectDetections _, Op.NonMaxSuppression _ -> elements(inputs.get(1));
      case Op.NonZero _ -> elements(first);
      case Op.Scatter _ -> elements(inputs.get(2)) / Math.max(1, elements(first));
      case Op.Unique _ -> sorting(elements(first)) / Math.max(1, elements(outputs.getFirst()));
      case Op.Extents _ -> 0;
      case Op.Transpose _, Op.Reshape _, Op.Slice _, Op.Concat _, Op.Pad _ -> 0;
      case Op.Expand _, Op.Gather _, Op.If _, Op.Loop _ -> 0;
    };
  }

  private static double sorting(double elements) {
    return elements * Math.log(Math.max(2, elements));
  }

  /// At capacity; symbols, which only a picture has, count as one.
  private static double elements(TensorType type) {
    double elements = 1;
    for (Dimension dimension : type.shape().dimensions()) {
      elements *=
          switch (dimension) {
            case Dimension.Fixed(long extent) -> extent;
            case Dimension.Bounded bounded -> bounded.capacity();
            case Dimension.Symbol _ -> 1;
          };
    }
    return elements;
  }
}
