package io.edgewright.compiler.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GraphTextTest {
  private static final String SMALL =
      """
      input x: float32[1, 2]
      constant w: float32[2] = 0.5 -Infinity
      node "a node": y = Map(expression=MAXIMUM(ADD($0, $1), float32:0.1)) (x, w) # float32[1, 2]
      node sum: z = Reduce(kind=SUM, axes=[0, 1]) (y) # float32[1, 1]
      output z
      """;

  @Test
  void printsWhatItHasParsed() {
    assertThat(GraphText.print(GraphText.parse(SMALL))).isEqualTo(SMALL);
  }

  @Test
  void parsesEveryOperatorThatItPrints() {
    Graph graph = everyOperator();
    String text = GraphText.print(graph);
    assertThat(GraphText.parse(text)).isEqualTo(graph);
    for (Class<?> kind : Op.class.getPermittedSubclasses()) {
      assertThat(text).contains(" = " + kind.getSimpleName() + "(");
    }
  }

  @Test
  void keepsNamesThatLookLikeSyntax() {
    GraphBuilder builder = new GraphBuilder();
    Value x = builder.input("x\"; drop\n*/ ä", new TensorType(ElementType.FLOAT32, Shape.of(1)));
    builder.output("output y", builder.add("", new Op.Map(Expression.identity()), x));
    Graph graph = builder.build();
    assertThat(GraphText.parse(GraphText.print(graph))).isEqualTo(graph);
    assertThat(GraphText.print(graph).lines()).hasSize(3);
  }

  @Test
  void keepsEveryBitOfLargeConstants() {
    float[] values = new float[100];
    IntStream.range(0, 100).forEach(i -> values[i] = Float.intBitsToFloat(i * 0x0123_4567));
    GraphBuilder builder = new GraphBuilder();
    Value c = builder.constant("c", Tensor.ofFloats(Shape.of(100), values));
    builder.output("y", builder.add("copy", new Op.Map(Expression.identity()), c));
    Graph graph = builder.build();
    assertThat(GraphText.parse(GraphText.print(graph))).isEqualTo(graph);
  }

  @Test
  void saysWhichLineCannotBeUnderstood() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GraphText.parse("node n: y = Nonsense() (x)"))
        .withMessageContaining("no operator `Nonsense` at column 21 of: node n");
  }

  private static Value suppressed(GraphBuilder builder, Value square) {
    Value boxes = builder.add("boxes", new Op.Reshape(Shape.of(1, 4, 4)), square);
    List<Value> limits = new ArrayList<>();
    limits.add(builder.constant("most", Tensor.ofLongs(Shape.SCALAR, 2)));
    limits.add(builder.constant("overlap", Tensor.ofFloats(Shape.SCALAR, 0.5f)));
    limits.add(builder.constant("threshold", Tensor.ofFloats(Shape.SCALAR, 0.1f)));
    Shape kept = new Shape(List.of(Dimension.upTo("kept boxes", 8), Dimension.of(3)));
    List<Value> operands = new ArrayList<>(List.of(boxes, boxes));
    operands.addAll(limits);
    Value rows = builder.addAll("nms", new Op.NonMaxSuppression(true, kept), operands).getFirst();
    Shape once = new Shape(List.of(Dimension.upTo("once", 8), Dimension.of(3)));
    Value found = builder.addAll("unique", new Op.Unique(true, once), List.of(rows)).getFirst();
    Value first = builder.constant("first", Tensor.ofLongs(Shape.of(1), 0));
    Value row = builder.constant("row", Tensor.ofLongs(Shape.of(1, 3), 1, 2, 3));
    Op scatter = new Op.Scatter(Op.ScatterKind.MAXIMUM);
    Value changed = builder.add("scatter", scatter, found, first, row);
    Shape changedMarks = new Shape(List.of(Dimension.of(2), Dimension.upTo("marked", 24)));
    Value marks = builder.add("marks", new Op.NonZero(changedMarks), changed);
    return builder.add(
        "extents", new Op.Extents(), builder.add("twice", new Op.Concat(1), marks, marks));
  }

  /// One node of each kind; operands only need the right shapes.
  private static Graph everyOperator() {
    GraphBuilder builder = new GraphBuilder();
    Value picture =
        builder.input(
            "picture",
            new TensorType(
                ElementType.UINT8,
                new Shape(List.of(Dimension.of("h"), Dimension.of("w"), Dimension.of(3)))));
    Value x = builder.add("image", imageToTensor(), picture);
    Value weights = builder.constant("w", Tensor.ofFloats(Shape.of(2, 3, 1, 1), new float[6]));
    Value bias = builder.constant("b", Tensor.ofFloats(Shape.of(2), 1e-30f, -0.0f));
    Window point = new Window(List.of(1, 1), List.of(1, 1), List.of(1, 1), two(0), two(0));
    Window three = new Window(List.of(3, 3), List.of(2, 2), List.of(1, 1), two(1), two(1));
    Expression relu =
        Expression.apply(
            ScalarFunction.MAXIMUM,
            Expression.identity(),
            Expression.constant(ElementType.FLOAT32, 0));
    x = builder.add("conv", new Op.Convolution(point, 1, relu), x, weights, bias);
    x = builder.add("pool", new Op.Pool(Op.PoolKind.AVERAGE, three), x);
    x = builder.add("pad", new Op.Pad(Op.PadMode.EDGE, four(0), four(1), 0.5), x);
    x = builder.add("slice", new Op.Slice(four(0), Shape.of(1, 2, 2, 2), four(1)), x);
    x = builder.add("transpose", new Op.Transpose(List.of(0, 2, 3, 1)), x);
    x = builder.add("reshape", new Op.Reshape(Shape.of(1, 1, 4, 2)), x);
    x = builder.add("resize", resize(Shape.of(1, 1, 4, 4)), x);
    x = builder.add("expand", new Op.Expand(Shape.of(2, 1, 4, 4)), x);
    x = builder.add("softmax", new Op.Softmax(3, true), x);
    x = builder.add("product", new Op.MatrixMultiply(Expression.identity()), x, x);
    x = builder.add("concat", new Op.Concat(1), x, x);
    x = builder.add("reduce", new Op.Reduce(Op.ReduceKind.MEAN, List.of(0, 1)), x);
    x = builder.add("boxes", new Op.Reshape(Shape.of(4, 4)), x);
    Value indices = builder.add("argument", new Op.ArgumentReduce(1, true, false), x);
    List<Value> top = builder.addAll("top", new Op.TopK(0, 4, true), List.of(x));
    Value scores = builder.add("gather", new Op.Gather(1), top.getFirst(), indices);
    scores = builder.add("flat", new Op.Reshape(Shape.of(4, 4)), scores);
    scores = builder.add("round", new Op.Map(converted()), scores);
    List<Value> found = builder.addAll("select", select(), List.of(x, scores, picture));
    Value condition = builder.input("condition", new TensorType(ElementType.BOOL, Shape.SCALAR));
    Op.If branches = new Op.If(copy(x.type()), copy(x.type()));
    Value chosen = builder.add("choose", branches, condition, x);
    Value rounds = builder.constant("rounds", Tensor.ofLongs(Shape.SCALAR, 3));
    Op.Loop loop = new Op.Loop(round(x.type()), 1, Dimension.upTo("found", 3), false);
    builder.output("looped", builder.addAll("loop", loop, List.of(rounds, chosen)).get(1));
    builder.output("kept", suppressed(builder, x));
    builder.output("detections", found.getFirst());
    builder.output("count", found.getLast());
    return builder.build();
  }

  private static Graph copy(TensorType type) {
    GraphBuilder builder = new GraphBuilder();
    builder.output("{copy}", builder.input("x", type));
    return builder.build();
  }

  private static Graph round(TensorType type) {
    GraphBuilder builder = new GraphBuilder();
    builder.input("round", new TensorType(ElementType.INT64, Shape.SCALAR));
    Value x = builder.input("x", type);
    builder.output("next", x);
    builder.output("row", x);
    return builder.build();
  }

  private static Expression converted() {
    return new Expression.Convert(
        ElementType.FLOAT32, new Expression.Convert(ElementType.INT32, Expression.identity()));
  }

  private static Op imageToTensor() {
    return new Op.ImageToTensor(
        Op.PixelOrder.RGB,
        Op.PixelOrder.BGR,
        8,
        8,
        Op.Fit.LETTERBOX,
        List.of(114.0, 114.0, 114.0),
        List.of(0.0, 0.0, 0.0),
        List.of(1.0, 1.0, 1.0),
        false);
  }

  private static Op select() {
    return new Op.SelectDetections(0.5, 0.3, false, 1, 10, 8, 8, Op.Fit.LETTERBOX);
  }

  private static Op resize(Shape shape) {
    return new Op.Resize(
        shape,
        List.of(1.0, 1.0, 1.0, 2.0),
        Op.ResizeMode.LINEAR,
        Op.CoordinateMode.ALIGN_CORNERS,
        Op.NearestMode.FLOOR);
  }

  private static List<Integer> two(int number) {
    return List.of(number, number);
  }

  private static List<Long> four(long number) {
    return List.of(number, number, number, number);
  }
}
