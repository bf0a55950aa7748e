package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ShapeRules;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Count;
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

  /// What this run has of the extents that no other knows; graphs inside of operators share them.
  private final Map<String, Long> extents;

  private Interpreter(Graph graph, boolean rounding, Map<String, Long> extents) {
    this.graph = graph;
    this.rounding = rounding;
    this.extents = extents;
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

  private static List<Numbers> evaluate(Graph graph, List<Numbers> inputs, boolean rounding) {
    return evaluate(graph, inputs, rounding, new HashMap<>());
  }

  private static List<Numbers> evaluate(
      Graph graph, List<Numbers> inputs, boolean rounding, Map<String, Long> extents) {
    Interpreter interpreter = new Interpreter(graph, rounding, extents);
    for (int i = 0; i < graph.inputs().size(); i++) {
      interpreter.put(graph.inputs().get(i), inputs.get(i));
    }
    graph.nodes().forEach(interpreter::step);
    return graph.outputs().stream().map(interpreter::get).toList();
  }

  /// Outputs of one operator, rounded to their types.
  public static List<Tensor> run(Op op, List<Tensor> inputs) {
    List<TensorType> types = ShapeRules.infer(op, inputs.stream().map(Tensor::type).toList());
    ControlReference control =
        new ControlReference((graph, operands) -> evaluate(graph, operands, false));
    return evaluate(op, inputs.stream().map(Numbers::of).toList(), types, control).stream()
        .map(Numbers::toTensor)
        .toList();
  }

  private static void checkInput(Value value, Tensor tensor) {
    List<Dimension> stated = value.shape().dimensions();
    boolean fits =
        value.type().element() == tensor.element() && stated.size() == tensor.shape().rank();
    for (int axis = 0; fits && axis < stated.size(); axis++) {
      fits = fits(stated.get(axis), tensor.shape().extent(axis));
    }
    if (!fits) {
      throw new IllegalArgumentException("input " + value + " given " + tensor);
    }
  }

  private static boolean fits(Dimension stated, long extent) {
    return switch (stated) {
      case Dimension.Fixed(long fixed) -> fixed == extent;
      case Dimension.Bounded(Count count) -> count.minimum() <= extent && extent <= count.maximum();
      case Dimension.Symbol _ -> true;
    };
  }

  private void put(Value value, Numbers numbers) {
    values.put(value, numbers);
    for (int axis = 0; axis < value.shape().rank(); axis++) {
      if (value.shape().dimensions().get(axis) instanceof Dimension.Bounded(Count count)) {
        long extent = numbers.shape().extent(axis);
        count.name().ifPresent(name -> extents.put(name.text(), extent));
      }
    }
  }

  /// The operator with the extents of this run.
  private Op bound(Op op) {
    return switch (op) {
      case Op.Reshape(Shape shape) -> new Op.Reshape(shape.in(extents));
      case Op.Expand(Shape shape) -> new Op.Expand(shape.in(extents));
      case Op.Slice(var starts, Shape shape, var steps) ->
          new Op.Slice(starts, shape.in(extents), steps);
      case Op.Resize(Shape shape, var scales, var mode, var coordinates, var nearest) ->
          new Op.Resize(shape.in(extents), scales, mode, coordinates, nearest);
      case Op _ -> op;
    };
  }

  private void step(Node node) {
    List<Numbers> operands = node.inputs().stream().map(this::get).toList();
    ControlReference control =
        new ControlReference((body, given) -> evaluate(body, given, rounding, extents));
    Op op = bound(node.op());
    List<Numbers> made = evaluate(op, operands, types(op, node, operands), control);
    for (int i = 0; i < made.size(); i++) {
      Numbers value = made.get(i);
      put(node.outputs().get(i), rounding ? Numbers.of(value.toTensor()) : value);
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

  /// Types of the node's outputs in this run. Graphs inside of an operator state theirs for all
  /// runs.
  private List<TensorType> types(Op op, Node node, List<Numbers> operands) {
    return op.bodies().isEmpty()
        ? ShapeRules.infer(op, operands.stream().map(Numbers::type).toList())
        : node.outputs().stream()
            .map(output -> output.type().withShape(output.shape().in(extents)))
            .toList();
  }

  private static List<Numbers> evaluate(
      Op op, List<Numbers> inputs, List<TensorType> types, ControlReference control) {
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
      case Op.If branches -> control.branch(branches, inputs);
      case Op.Loop loop -> control.run(loop, inputs, types);
      case Op.NonMaxSuppression suppression ->
          List.of(NonMaxSuppressionReference.run(suppression.centers(), inputs));
      case Op.Scatter scatter -> List.of(TableReference.scatter(scatter.kind(), inputs));
      case Op.Unique unique -> TableReference.unique(unique.sorted(), x);
      case Op.NonZero _ -> List.of(MovementReference.nonZero(x));
      case Op.Extents() -> List.of(new Numbers.Wholes(type, x.shape().extents()));
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
