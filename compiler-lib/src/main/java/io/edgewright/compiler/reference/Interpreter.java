package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ShapeRules;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Evaluates a graph.
///
/// ```
/// List<Tensor> outputs = Interpreter.run(graph, inputs);
/// ```
public final class Interpreter {
  private final Graph graph;
  private final Map<Value, Integer> readers;
  private final Map<Value, Numbers> values = new HashMap<>();
  private final boolean rounding;

  private Interpreter(Graph graph, boolean rounding) {
    this.graph = graph;
    this.rounding = rounding;
    this.readers = graph.readers();
  }

  /// Outputs in the order of the graph's outputs, rounded to their types.
  ///
  /// @param inputs in the order of the graph's inputs; where a shape has symbols, any extent
  public static List<Tensor> run(Graph graph, List<Tensor> inputs) {
    return evaluate(graph, numbers(graph, inputs), false).stream().map(Numbers::toTensor).toList();
  }

  /// The same, not rounded.
  public static List<double[]> exact(Graph graph, List<Tensor> inputs) {
    return evaluate(graph, numbers(graph, inputs), false).stream().map(Numbers::toDoubles).toList();
  }

  /// What is left when each value is rounded to its type where it is made: how far apart two
  /// faultless programs of that type may be.
  public static List<double[]> rounded(Graph graph, List<Tensor> inputs) {
    return evaluate(graph, numbers(graph, inputs), true).stream().map(Numbers::toDoubles).toList();
  }

  private static List<Numbers> numbers(Graph graph, List<Tensor> inputs) {
    for (int i = 0; i < graph.inputs().size(); i++) {
      checkInput(graph.inputs().get(i), inputs.get(i));
    }
    return inputs.stream().map(Numbers::of).toList();
  }

  static List<Numbers> evaluate(Graph graph, List<Numbers> inputs, boolean rounding) {
    Interpreter interpreter = new Interpreter(graph, rounding);
    for (int i = 0; i < graph.inputs().size(); i++) {
      interpreter.values.put(graph.inputs().get(i), inputs.get(i));
    }
    graph.nodes().forEach(interpreter::step);
    return graph.outputs().stream().map(interpreter::get).toList();
  }

  /// Outputs of one operator, rounded to their types.
  public static List<Tensor> run(Op op, List<Tensor> inputs) {
    return evaluate(op, inputs.stream().map(Numbers::of).toList(), false).stream()
        .map(Numbers::toTensor)
        .toList();
  }

  private static void checkInput(Value value, Tensor tensor) {
    List<Dimension> stated = value.shape().dimensions();
    boolean fits =
        value.type().element() == tensor.element() && stated.size() == tensor.shape().rank();
    for (int axis = 0; fits && axis < stated.size(); axis++) {
      fits =
          stated.get(axis) instanceof Dimension.Symbol
              || stated.get(axis).equals(tensor.shape().dimensions().get(axis));
    }
    if (!fits) {
      throw new IllegalArgumentException("input " + value + " given " + tensor);
    }
  }

  private void step(Node node) {
    List<Numbers> operands = node.inputs().stream().map(this::get).toList();
    List<Numbers> made = evaluate(node.op(), operands, rounding);
    for (int i = 0; i < made.size(); i++) {
      Numbers value = made.get(i);
      values.put(node.outputs().get(i), rounding ? Numbers.of(value.toTensor()) : value);
    }
    node.inputs().forEach(this::release);
  }

  private Numbers get(Value value) {
    Numbers numbers = values.get(value);
    return numbers != null ? numbers : Numbers.of(graph.constant(value));
  }

  /// Frees the memory of a value that nobody reads any more.
  private void release(Value value) {
    if (readers.merge(value, -1, Integer::sum) == 0) {
      values.remove(value);
    }
  }

  private static List<Numbers> evaluate(Op op, List<Numbers> inputs, boolean rounding) {
    List<TensorType> types = ShapeRules.infer(op, inputs.stream().map(Numbers::type).toList());
    TensorType type = types.getFirst();
    Numbers x = inputs.getFirst();
    return switch (op) {
      case Op.Convolution convolution -> List.of(convolution(convolution, inputs, type.shape()));
      case Op.MatrixMultiply(Expression epilogue) ->
          List.of(
              epilogue(
                  epilogue,
                  MatrixReference.run(x, inputs.get(1), sums(x, type.shape())),
                  inputs.subList(2, inputs.size())));
      case Op.Map(Expression expression) ->
          List.of(ExpressionEvaluator.evaluate(expression, inputs, type.shape()));
      case Op.Pool pool -> List.of(PoolReference.run(pool, x, type));
      case Op.Reduce reduce -> List.of(ReduceReference.run(reduce, x, type));
      case Op.ArgumentReduce argument -> List.of(AxisReference.argument(argument, x));
      case Op.Softmax softmax -> List.of(AxisReference.softmax(softmax, x));
      case Op.TopK topK -> AxisReference.topK(topK, x);
      case Op.Transpose(List<Integer> order) ->
          List.of(x.pick(type.shape(), Positions.transpose(order, x.shape()), 0));
      case Op.Reshape(Shape shape) -> List.of(x.withShape(shape));
      case Op.Slice slice -> List.of(x.pick(type.shape(), Positions.slice(slice, x.shape()), 0));
      case Op.Concat(int axis) -> List.of(MovementReference.concat(axis, inputs, type));
      case Op.Pad pad ->
          List.of(x.pick(type.shape(), Positions.pad(pad, x.shape(), type.shape()), pad.value()));
      case Op.Expand(Shape shape) -> List.of(x.pick(shape, Positions.expand(x.shape(), shape), 0));
      case Op.Resize resize -> List.of(ResizeReference.run(resize, x));
      case Op.Gather(int axis) ->
          List.of(MovementReference.gather(axis, x, inputs.get(1), type.shape()));
      case Op.ImageToTensor image -> List.of(ImageToTensorReference.run(image, x, type));
      case Op.SelectDetections select -> SelectDetectionsReference.run(select, inputs, types);
      case Op.If branches -> ControlReference.branch(branches, inputs, rounding);
      case Op.Loop loop -> new ControlReference(loop, rounding).run(inputs, types);
    };
  }

  private static TensorType sums(Numbers operand, Shape shape) {
    return new TensorType(operand.element().sum(), shape);
  }

  private static Numbers convolution(Op.Convolution op, List<Numbers> inputs, Shape shape) {
    TensorType sum = sums(inputs.getFirst(), shape);
    Numbers sums = ConvolutionReference.run(op, inputs.get(0), inputs.get(1), inputs.get(2), sum);
    return epilogue(op.epilogue(), sums, inputs.subList(3, inputs.size()));
  }

  private static Numbers epilogue(Expression expression, Numbers sums, List<Numbers> extras) {
    List<Numbers> inputs = new ArrayList<>(List.of(sums));
    inputs.addAll(extras);
    return ExpressionEvaluator.evaluate(expression, inputs, sums.shape());
  }
}
