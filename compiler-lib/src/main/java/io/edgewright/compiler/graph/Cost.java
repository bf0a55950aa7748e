package io.edgewright.compiler.graph;

import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;

/// Work of a node or of a whole graph, before any optimisation.
///
/// @param operations arithmetic operations; a multiply-add counts as two
/// @param bytes of all tensors read and written, each once
public record Cost(long operations, long bytes) {
  public static final Cost ZERO = new Cost(0, 0);

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
    double perElement = operationsPerOutput(op, inputs, outputs);
    return new Cost((long) (perElement * elements(outputs.getFirst())), (long) bytes);
  }

  public Cost plus(Cost other) {
    return new Cost(operations + other.operations, bytes + other.bytes);
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
          2.0 * first.shape().extent(first.shape().rank() - 1) + epilogue.operations();
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
      case Op.SelectDetections _ -> elements(inputs.get(1));
      case Op.Transpose _, Op.Reshape _, Op.Slice _, Op.Concat _, Op.Pad _ -> 0;
      case Op.Expand _, Op.Gather _ -> 0;
    };
  }

  private static double sorting(double elements) {
    return elements * Math.log(Math.max(2, elements));
  }

  /// Symbols, which only a picture has, count as one.
  private static double elements(TensorType type) {
    double elements = 1;
    for (Dimension dimension : type.shape().dimensions()) {
      elements *= dimension instanceof Dimension.Fixed(long extent) ? extent : 1;
    }
    return elements;
  }
}
