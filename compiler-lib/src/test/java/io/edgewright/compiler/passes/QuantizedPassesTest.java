package io.edgewright.compiler.passes;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.graph.Dequantization;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Passes that find bytes in a graph of quantizations and dequantizations.
class QuantizedPassesTest {
  private static final Expression X = new Expression.Input(0);

  private final Random random = new Random(11);
  private final GraphBuilder builder = new GraphBuilder();
  private final Value picture =
      builder.input("x", new TensorType(ElementType.INT8, Shape.of(1, 3, 6, 5)));

  @Test
  void multipliesTheBytesOfAConvolution() {
    Value sum = convolve(dequantize(picture, 0.05, -9), bias(new double[] {0.12, -0.3, 7, 0}));
    builder.output("y", quantize(sum, 0.2, 4));
    Graph before = builder.build();
    Graph after = MultiplyBytes.rewrite(before);
    RewriteCheck.sameResult(before, after, 1);
    assertThat(products(after)).allMatch(node -> node.input(0).equals(picture));
  }

  @Test
  void keepsABiasThatIsNoMultipleOfTheSteps() {
    builder.output("y", convolve(dequantize(picture, 0.05, 0), bias(new double[] {1e-4, 2, 3, 4})));
    Graph before = builder.build();
    Graph after = MultiplyBytes.rewrite(before);
    RewriteCheck.sameResult(before, after, 1e-3);
    assertThat(products(after)).allMatch(node -> node.input(0).equals(picture));
  }

  @Test
  void multipliesByATransposedMatrixWithAScaleForEachColumn() {
    Value rows = builder.input("rows", new TensorType(ElementType.UINT8, Shape.of(3, 6)));
    Value scales =
        builder.constant("scales", Tensor.ofFloats(Shape.of(4, 1), 0.01f, 0.02f, 0.03f, 0.5f));
    Value matrix = builder.constant("matrix", bytes(Shape.of(4, 6)));
    Value weights = builder.add("weights", map(ElementType.INT8, false), matrix, scales);
    Value turned = builder.add("turn", new Op.Transpose(List.of(1, 0)), weights);
    Op product = new Op.MatrixMultiply(Expression.identity());
    builder.output("y", builder.add("product", product, dequantize(rows, 0.1, 30), turned));
    Graph before = builder.build();
    Graph after = MultiplyBytes.rewrite(before);
    RewriteCheck.sameResult(before, after, 1e-4);
    assertThat(products(after)).allMatch(node -> node.input(0).equals(rows));
  }

  @Test
  void doesNotMultiplyBytesByWeightsMadeAtRunTime() {
    Value left = builder.input("left", new TensorType(ElementType.UINT8, Shape.of(3, 6)));
    Value right = builder.input("right", new TensorType(ElementType.UINT8, Shape.of(6, 2)));
    Op product = new Op.MatrixMultiply(Expression.identity());
    Value sums =
        builder.add("product", product, dequantize(left, 0.1, 3), dequantize(right, 0.1, 3));
    builder.output("y", sums);
    Graph before = builder.build();
    assertThat(MultiplyBytes.rewrite(before).nodes()).isEqualTo(before.nodes());
  }

  @Test
  void movesBytesInPlaceOfFloats() {
    Value real = dequantize(picture, 0.05, -9);
    Op pad = new Op.Pad(Op.PadMode.CONSTANT, List.of(0L, 0L, 1L, 1L), List.of(0L, 0L, 1L, 1L), 0);
    Value turned =
        builder.add("turn", new Op.Transpose(List.of(0, 2, 3, 1)), builder.add("pad", pad, real));
    builder.output("y", turned);
    Graph before = builder.build();
    Graph after = SinkDequantizations.rewrite(before);
    RewriteCheck.sameResult(before, after);
    assertThat(after.nodes().getFirst().op())
        .isEqualTo(
            new Op.Pad(Op.PadMode.CONSTANT, List.of(0L, 0L, 1L, 1L), List.of(0L, 0L, 1L, 1L), -9));
    assertThat(Dequantization.isOfBytes(after.nodes().getLast())).isTrue();
  }

  @Test
  void doesNotPadWithANumberThatNoByteStandsFor() {
    Op pad =
        new Op.Pad(Op.PadMode.CONSTANT, List.of(0L, 0L, 1L, 1L), List.of(0L, 0L, 1L, 1L), 0.01);
    builder.output("y", builder.add("pad", pad, dequantize(picture, 0.05, -9)));
    Graph before = builder.build();
    assertThat(SinkDequantizations.rewrite(before).nodes()).isEqualTo(before.nodes());
  }

  @Test
  void removesARoundTripThatKeepsEveryByte() {
    Value again = quantize(dequantize(picture, 0.05, -9), 0.05, -9);
    builder.output("y", builder.add("turn", new Op.Transpose(List.of(0, 2, 3, 1)), again));
    Graph before = builder.build();
    Graph after = RemoveIdentities.rewrite(FuseMaps.rewrite(InlineScalars.rewrite(before)));
    RewriteCheck.sameResult(before, after);
    assertThat(after.nodes()).hasSize(1);
  }

  @Test
  void keepsARoundTripThatChangesTheSteps() {
    Value again = quantize(dequantize(picture, 0.05, -9), 0.06, -9);
    builder.output("y", builder.add("turn", new Op.Transpose(List.of(0, 2, 3, 1)), again));
    Graph fused = FuseMaps.rewrite(InlineScalars.rewrite(builder.build()));
    assertThat(RemoveIdentities.rewrite(fused).nodes()).isEqualTo(fused.nodes());
  }

  @Test
  void inlinesNumbersButNotWhereTheyGiveTheShape() {
    Value wide = builder.constant("wide", Tensor.ofFloats(Shape.of(1, 1, 1, 1), 2));
    Value number = builder.input("number", new TensorType(ElementType.FLOAT32, Shape.SCALAR));
    Op times = new Op.Map(Expression.apply(ScalarFunction.MULTIPLY, X, new Expression.Input(1)));
    builder.output("y", builder.add("times", times, number, wide));
    builder.output("z", dequantize(picture, 0.05, -9));
    Graph before = builder.build();
    Graph after = InlineScalars.rewrite(before);
    RewriteCheck.sameResult(before, after);
    assertThat(after.nodes().get(0).inputs()).hasSize(2);
    assertThat(after.nodes().get(1).inputs()).hasSize(1);
  }

  @Test
  void foldsWhatIsLeftOfConstants() {
    Value weights = dequantize(builder.constant("w", bytes(Shape.of(3, 1, 1))), 0.1, 0);
    Op plus = new Op.Map(Expression.apply(ScalarFunction.ADD, X, new Expression.Input(1)));
    builder.output("y", builder.add("plus", plus, dequantize(picture, 0.05, -9), weights));
    Graph before = builder.build();
    Graph after = FoldConstants.rewrite(before);
    RewriteCheck.sameResult(before, after);
    assertThat(after.nodes()).hasSize(2);
  }

  @Test
  void foldsTheStepOfTheResultIntoTheScaleOfTheSum() {
    Value sum = convolve(dequantize(picture, 0.05, -9), bias(new double[] {0.12, -0.3, 7, 1e-5}));
    Op relu =
        new Op.Map(
            Expression.apply(
                ScalarFunction.MAXIMUM, X, Expression.constant(ElementType.FLOAT32, 0)));
    builder.output("y", quantize(builder.add("relu", relu, sum), 0.2, 4));
    Graph before = builder.build();
    Graph fused = FuseMaps.rewrite(InlineScalars.rewrite(MultiplyBytes.rewrite(before)));
    Graph after = FoldSteps.rewrite(fused);
    RewriteCheck.sameResult(before, after, 1);
    assertThat(fused.nodes().getLast().op().toString()).contains("DIVIDE");
    assertThat(after.nodes().getLast().op().toString()).doesNotContain("DIVIDE");
  }

  private static List<Node> products(Graph graph) {
    List<Node> products =
        graph.nodes().stream()
            .filter(node ->
                node.op() instanceof Op.Convolution || node.op() instanceof Op.MatrixMultiply)
            .toList();
    assertThat(products).isNotEmpty();
    return products;
  }

  private static Op map(ElementType type, boolean zero) {
    return new Op.Map(new Dequantization(type, ElementType.FLOAT32, zero).expression());
  }

  private Value dequantize(Value numbers, double scale, long zero) {
    ElementType type = numbers.type().element();
    return builder.add(
        "dequantize",
        map(type, true),
        numbers,
        builder.constant("scale", Tensor.ofFloats(Shape.SCALAR, (float) scale)),
        builder.constant("zero", Tensor.ofIntegers(type, Shape.SCALAR, zero)));
  }

  private Value quantize(Value x, double scale, double zero) {
    Expression steps =
        Expression.apply(
            ScalarFunction.ROUND, Expression.apply(ScalarFunction.DIVIDE, X, real(scale)));
    Expression bounded =
        Expression.apply(
            ScalarFunction.MINIMUM,
            Expression.apply(
                ScalarFunction.MAXIMUM,
                Expression.apply(ScalarFunction.ADD, steps, real(zero)),
                real(-128)),
            real(127));
    return builder.add(
        "quantize", new Op.Map(new Expression.Convert(ElementType.INT8, bounded)), x);
  }

  private static Expression real(double value) {
    return Expression.constant(ElementType.FLOAT32, (float) value);
  }

  private Value bias(double[] values) {
    Shape shape = Shape.of(values.length);
    return builder.constant("bias", Tensor.ofDoubles(ElementType.FLOAT32, shape, values));
  }

  /// Four filters 3 x 3 of bytes around a zero point, with a scale for each filter.
  private Value convolve(Value x, Value bias) {
    Value numbers = builder.constant("numbers", bytes(Shape.of(4, 3, 3, 3)));
    Shape perFilter = Shape.of(4, 1, 1, 1);
    Value scales = builder.constant("scales", Tensor.ofFloats(perFilter, 0.1f, 0.02f, 0.2f, 0.01f));
    Value weights = builder.add("weights", map(ElementType.INT8, false), numbers, scales);
    Window window =
        new Window(List.of(3, 3), List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(1, 1));
    Op op = new Op.Convolution(window, 1, Expression.identity());
    return builder.add("convolution", op, x, weights, bias);
  }

  private Tensor bytes(Shape shape) {
    long[] numbers = random.ints(shape.elements(), -128, 128).asLongStream().toArray();
    return Tensor.ofIntegers(ElementType.INT8, shape, numbers);
  }
}
