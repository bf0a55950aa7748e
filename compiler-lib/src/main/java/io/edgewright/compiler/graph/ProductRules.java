package io.edgewright.compiler.graph;

import static io.edgewright.compiler.graph.OperandException.require;
import static io.edgewright.compiler.graph.OperandException.requireNumbers;
import static io.edgewright.compiler.graph.OperandException.requireOneType;

import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Types of what slides or multiplies: convolution, pooling, matrix product, and their epilogues.
final class ProductRules {
  private ProductRules() {}

  static TensorType convolution(Op.Convolution op, List<TensorType> inputs) {
    Shape x = inputs.get(0).shape();
    Shape weights = inputs.get(1).shape();
    int axes = op.window().axes();
    require(x.rank() == axes + 2, "input " + x, "[N, C, spatial...] of rank " + (axes + 2));
    require(weights.rank() == axes + 2, "weights " + weights, "rank " + (axes + 2));
    long filters = weights.extent(0);
    require(
        x.extent(1) == weights.extent(1) * op.groups(),
        "input " + x + ", weights " + weights + " and " + op.groups() + " groups",
        "input channels equal to groups x weight channels");
    require(weights.extent(1) >= 1, "weights " + weights, "one input channel or more");
    require(
        filters % op.groups() == 0,
        filters + " filters",
        "a multiple of " + op.groups() + " groups");
    for (int axis = 0; axis < axes; axis++) {
      require(
          weights.extent(axis + 2) == op.window().kernel().get(axis),
          "kernel " + op.window().kernel() + " and weights " + weights,
          "a kernel as large as the weights");
    }
    require(
        inputs.get(2).shape().equals(Shape.of(filters)),
        "bias " + inputs.get(2).shape(),
        "[" + filters + "]");
    ElementType sum = sum(inputs);
    require(
        inputs.get(2).element() == sum,
        "bias of " + inputs.get(2).element(),
        sum.text() + ", the type of the sums");
    TensorType sums = slide(op.window(), inputs.get(0), filters).withElement(sum);
    return epilogue(op.epilogue(), sums, inputs, 3);
  }

  /// Operands have one type, or are bytes whose signs may differ.
  private static ElementType sum(List<TensorType> operands) {
    if (!operands.stream().limit(2).allMatch(operand -> operand.element().isByte())) {
      requireOneType(operands.subList(0, 2));
    }
    requireNumbers(operands.getFirst());
    return operands.getFirst().element().sum();
  }

  private static TensorType slide(Window window, TensorType input, long channels) {
    Shape shape = input.shape().with(1, channels);
    for (int axis = 0; axis < window.axes(); axis++) {
      long extent = window.outputExtent(axis, input.shape().extent(axis + 2));
      require(
          extent >= 1,
          "kernel " + window.kernel() + " over input " + input.shape(),
          "an input, padding included, at least as large as the kernel");
      shape = shape.with(axis + 2, extent);
    }
    return input.withShape(shape);
  }

  static TensorType multiply(Expression epilogue, List<TensorType> inputs) {
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    require(a.rank() >= 2 && b.rank() >= 2, a + " x " + b, "operands of rank 2 or more");
    require(
        a.dimensions().getLast().equals(b.dimensions().get(b.rank() - 2)),
        a + " x " + b,
        "columns of the first equal to rows of the second");
    ElementType sum = sum(inputs);
    List<Dimension> extents = new ArrayList<>(Broadcast.of(List.of(head(a), head(b))).dimensions());
    extents.add(a.dimensions().get(a.rank() - 2));
    extents.add(b.dimensions().getLast());
    return epilogue(epilogue, new TensorType(sum, new Shape(extents)), inputs, 2);
  }

  private static Shape head(Shape shape) {
    return new Shape(shape.dimensions().subList(0, shape.rank() - 2));
  }

  private static TensorType epilogue(
      Expression epilogue, TensorType sum, List<TensorType> inputs, int firstExtra) {
    List<ElementType> elements = new ArrayList<>(List.of(sum.element()));
    for (TensorType extra : inputs.subList(firstExtra, inputs.size())) {
      require(
          Broadcast.fits(extra.shape(), sum.shape()),
          "operand " + extra.shape() + " of the epilogue",
          "a shape that broadcasts to " + sum.shape());
      elements.add(extra.element());
    }
    return sum.withElement(ExpressionTypes.infer(epilogue, elements));
  }

  static TensorType pool(Window window, TensorType input) {
    int rank = window.axes() + 2;
    require(
        input.shape().rank() == rank,
        "input " + input.shape(),
        "[N, C, spatial...] of rank " + rank);
    requireNumbers(input);
    return slide(window, input, input.shape().extent(1));
  }
}
