package io.edgewright.compiler.graph;

import static io.edgewright.compiler.graph.OperandException.require;
import static io.edgewright.compiler.graph.OperandException.requireAxis;
import static io.edgewright.compiler.graph.OperandException.requireNumbers;
import static io.edgewright.compiler.graph.OperandException.requireOneType;
import static io.edgewright.compiler.tensor.ElementType.FLOAT32;
import static io.edgewright.compiler.tensor.ElementType.INT64;
import static io.edgewright.compiler.tensor.ElementType.UINT8;

import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;

/// Types of a node's outputs, given those of its inputs. Extents are numbers, or counts of which
/// the most is known (a rule that needs the number of one refuses by [Shape#extent]); only a
/// picture that is known at run time may have symbols, and no rule reads those.
public final class ShapeRules {
  private ShapeRules() {}

  /// @throws OperandException when the inputs do not fit the operator, or an output is too large
  public static List<TensorType> infer(Op op, List<TensorType> inputs) {
    checkCount(op, inputs.size());
    List<TensorType> outputs =
        switch (op) {
          case Op.Convolution convolution -> List.of(ProductRules.convolution(convolution, inputs));
          case Op.MatrixMultiply(Expression epilogue) ->
              List.of(ProductRules.multiply(epilogue, inputs));
          case Op.Map(Expression expression) -> List.of(map(expression, inputs));
          case Op.Pool(Op.PoolKind _, Window window) ->
              List.of(ProductRules.pool(window, inputs.get(0)));
          case Op.Reduce reduce -> List.of(reduce(reduce, inputs.get(0)));
          case Op.ArgumentReduce(int axis, boolean _, boolean _) ->
              List.of(argument(inputs.get(0), axis));
          case Op.Softmax(int axis, boolean _) -> List.of(softmax(inputs.get(0), axis));
          case Op.TopK topK -> topK(topK, inputs.get(0));
          case Op.Transpose(List<Integer> order) ->
              List.of(MovementRules.transpose(order, inputs.get(0)));
          case Op.Reshape(Shape shape) -> List.of(MovementRules.reshape(shape, inputs.get(0)));
          case Op.Slice slice -> List.of(MovementRules.slice(slice, inputs.get(0)));
          case Op.Concat(int axis) -> List.of(MovementRules.concat(axis, inputs));
          case Op.Pad pad -> List.of(MovementRules.pad(pad, inputs.get(0)));
          case Op.Expand(Shape shape) -> List.of(MovementRules.expand(shape, inputs.get(0)));
          case Op.Resize resize -> List.of(MovementRules.resize(resize, inputs.get(0)));
          case Op.Gather(int axis) ->
              List.of(MovementRules.gather(axis, inputs.get(0), inputs.get(1)));
          case Op.ImageToTensor image -> List.of(imageToTensor(image, inputs.get(0)));
          case Op.SelectDetections select -> selectDetections(select, inputs);
          case Op.If branches -> ControlRules.branches(branches, inputs);
          case Op.Loop loop -> ControlRules.loop(loop, inputs);
          case Op.NonMaxSuppression suppression ->
              List.of(suppression(suppression.shape(), inputs));
          case Op.Scatter _ -> List.of(scatter(inputs));
          case Op.Unique(boolean _, Shape shape) -> unique(shape, inputs.get(0));
          case Op.NonZero(Shape shape) -> List.of(nonZero(shape, inputs.get(0)));
          case Op.Extents() ->
              List.of(new TensorType(INT64, Shape.of(inputs.get(0).shape().rank())));
        };
    outputs.forEach(TensorLimit::check);
    return outputs;
  }

  private static void checkCount(Op op, int count) {
    boolean fits =
        switch (op) {
          case Op.Convolution _ -> count >= 3;
          case Op.MatrixMultiply _ -> count >= 2;
          case Op.Map _, Op.Concat _ -> count >= 1;
          case Op.Gather _ -> count == 2;
          case Op.Unique _ -> count == 1;
          case Op.SelectDetections _, Op.Scatter _ -> count == 3;
          case Op.If branches -> count == 1 + branches.then().inputs().size();
          case Op.Loop loop -> count == loop.controls() + loop.body().inputs().size() - 1;
          case Op.Pool _, Op.Reduce _, Op.ArgumentReduce _, Op.Softmax _, Op.TopK _ -> count == 1;
          case Op.Transpose _, Op.Reshape _, Op.Slice _, Op.Pad _, Op.Expand _ -> count == 1;
          case Op.Resize _, Op.ImageToTensor _, Op.NonZero _, Op.Extents _ -> count == 1;
          case Op.NonMaxSuppression _ -> count == 5;
        };
    require(fits, count + " inputs", "another number of inputs");
  }

  private static TensorType map(Expression expression, List<TensorType> inputs) {
    Shape shape = Broadcast.of(inputs.stream().map(TensorType::shape).toList());
    List<ElementType> elements = inputs.stream().map(TensorType::element).toList();
    return new TensorType(ExpressionTypes.infer(expression, elements), shape);
  }

  private static TensorType reduce(Op.Reduce op, TensorType input) {
    switch (op.kind()) {
      case SUM, MEAN, PRODUCT -> requireNumbers(input);
      case MINIMUM, MAXIMUM -> {} // of bools: all, any
    }
    return kept(input, op.axes());
  }

  private static TensorType argument(TensorType input, int axis) {
    requireNumbers(input);
    return kept(input, List.of(axis)).withElement(INT64);
  }

  /// With extent 1 where something is reduced.
  private static TensorType kept(TensorType input, List<Integer> axes) {
    Shape shape = input.shape();
    for (int axis : axes) {
      requireAxis(axis, shape);
      shape = shape.with(axis, 1);
    }
    return input.withShape(shape);
  }

  private static TensorType softmax(TensorType input, int axis) {
    requireAxis(axis, input.shape());
    if (!input.element().isFloat()) {
      throw OperandException.type("Softmax of " + input, "floating-point numbers");
    }
    return input;
  }

  private static List<TensorType> topK(Op.TopK op, TensorType input) {
    requireAxis(op.axis(), input.shape());
    requireNumbers(input);
    long extent = input.shape().extent(op.axis());
    require(
        op.count() >= 0 && op.count() <= extent,
        op.count() + " elements of an axis with " + extent,
        "0 to " + extent);
    TensorType values = input.withShape(input.shape().with(op.axis(), op.count()));
    return List.of(values, values.withElement(INT64));
  }

  private static TensorType imageToTensor(Op.ImageToTensor op, TensorType picture) {
    checkPicture(picture);
    long channels = op.tensor() == Op.PixelOrder.GRAY ? 1 : 3;
    Shape shape =
        op.channelsLast()
            ? Shape.of(1, op.height(), op.width(), channels)
            : Shape.of(1, channels, op.height(), op.width());
    return new TensorType(FLOAT32, shape);
  }

  private static List<TensorType> selectDetections(
      Op.SelectDetections op, List<TensorType> inputs) {
    Shape boxes = inputs.get(0).shape();
    Shape scores = inputs.get(1).shape();
    checkPicture(inputs.get(2));
    require(
        boxes.rank() == 2 && boxes.extent(1) == 4 && scores.rank() == 2,
        "boxes " + boxes + " and scores " + scores,
        "[N, 4] and [N, classes]");
    require(boxes.extent(0) == scores.extent(0), boxes + " and " + scores, "a score for each box");
    return List.of(
        new TensorType(FLOAT32, Shape.of(op.maximum(), 6)), new TensorType(INT64, Shape.SCALAR));
  }

  private static TensorType suppression(Shape found, List<TensorType> inputs) {
    Shape boxes = inputs.get(0).shape();
    Shape scores = inputs.get(1).shape();
    require(
        boxes.rank() == 3
            && scores.rank() == 3
            && boxes.extent(2) == 4
            && boxes.extent(0) == scores.extent(0)
            && boxes.dimensions().get(1).equals(scores.dimensions().get(2)),
        "boxes " + boxes + " and scores " + scores,
        "[B, N, 4] and [B, classes, N]");
    boolean scalars = inputs.stream().skip(2).allMatch(input -> input.shape().rank() == 0);
    require(scalars && found.rank() == 2, inputs.subList(2, 5) + " for " + found, "three scalars");
    return new TensorType(INT64, found);
  }

  private static TensorType scatter(List<TensorType> inputs) {
    Shape data = inputs.get(0).shape();
    Shape positions = inputs.get(1).shape();
    Shape updates = inputs.get(2).shape();
    requireOneType(List.of(inputs.get(0), inputs.get(2)));
    require(
        data.rank() == 2
            && positions.rank() == 1
            && updates.rank() == 2
            && updates.dimensions().getFirst().equals(positions.dimensions().getFirst())
            && updates.dimensions().getLast().equals(data.dimensions().getLast()),
        "data " + data + ", positions " + positions + ", updates " + updates,
        "[rows, width], [N] and [N, width]");
    return inputs.get(0);
  }

  private static List<TensorType> unique(Shape found, TensorType input) {
    require(
        input.shape().rank() == 2
            && found.rank() == 2
            && found.dimensions().getLast().equals(input.shape().dimensions().getLast()),
        found + " of " + input.shape(),
        "rows as wide as the input's");
    TensorType places = new TensorType(INT64, new Shape(found.dimensions().subList(0, 1)));
    TensorType inverse = new TensorType(INT64, new Shape(input.shape().dimensions().subList(0, 1)));
    return List.of(input.withShape(found), places, inverse, places);
  }

  private static TensorType nonZero(Shape found, TensorType input) {
    require(
        found.rank() == 2 && found.extent(0) == input.shape().rank(),
        found + " for indices into " + input.shape(),
        "a row for each axis");
    return new TensorType(INT64, found);
  }

  private static void checkPicture(TensorType picture) {
    require(
        picture.element() == UINT8 && picture.shape().rank() == 3,
        "picture " + picture,
        "uint8[height, width, channels]");
  }
}
