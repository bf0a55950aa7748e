package io.edgewright.compiler.passes;

import static io.edgewright.compiler.graph.Expression.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassesTest {
  private static final Expression X = new Expression.Input(0);
  private static final Expression Y = new Expression.Input(1);
  private static final Op ADD = new Op.Map(apply(ScalarFunction.ADD, X, Y));
  private static final Op MULTIPLY = new Op.Map(apply(ScalarFunction.MULTIPLY, X, Y));
  private static final Op SIGMOID = new Op.Map(apply(ScalarFunction.SIGMOID, X));
  private static final Op CONVOLUTION =
      new Op.Convolution(
          new Window(List.of(3, 3), List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(1, 1)),
          1,
          Expression.identity());

  private final Random random = new Random(7);
  private final GraphBuilder builder = new GraphBuilder();
  private final Value picture =
      builder.input("x", new TensorType(ElementType.FLOAT32, Shape.of(1, 3, 6, 5)));

  @Test
  void foldsABatchNormalisationIntoWeightsAndBias() {
    Value sum = convolve(picture, 4);
    Value scaled = builder.add("scale", MULTIPLY, sum, constant(Shape.of(1, 4, 1, 1)));
    builder.output("y", builder.add("shift", ADD, scaled, constant(Shape.of(4, 1, 1))));
    Graph before = builder.build();
    Graph after = FoldScales.rewrite(before);
    RewriteCheck.sameResult(before, after);
    assertThat(after.nodes()).hasSize(1);
  }

  @Test
  void doesNotFoldAScaleAlongAnotherAxis() {
    Value sum = convolve(picture, 4);
    builder.output("y", builder.add("scale", MULTIPLY, sum, constant(Shape.of(5))));
    Graph before = builder.build();
    assertThat(FoldScales.rewrite(before).nodes()).isEqualTo(before.nodes());
  }

  @Test
  void doesNotFoldIntoASumThatSomebodyElseReads() {
    Value sum = convolve(picture, 4);
    builder.output("y", builder.add("scale", MULTIPLY, sum, constant(Shape.of(1))));
    builder.output("z", builder.add("other", SIGMOID, sum));
    Graph before = builder.build();
    assertThat(FoldScales.rewrite(before).nodes()).isEqualTo(before.nodes());
  }

  @Test
  void fusesAnActivationOfItsOwnArgument() {
    Value sum = convolve(picture, 4);
    builder.output("y", builder.add("swish", MULTIPLY, sum, builder.add("gate", SIGMOID, sum)));
    Graph before = builder.build();
    Graph after = FuseEpilogues.rewrite(FuseMaps.rewrite(before));
    RewriteCheck.sameResult(before, after);
    assertThat(after.nodes()).hasSize(1);
  }

  @Test
  void fusesAResidualIntoTheLaterConvolution() {
    Value first = convolve(picture, 4);
    Value second = convolve(first, 4);
    builder.output("y", builder.add("residual", ADD, first, second));
    Graph before = builder.build();
    Graph after = FuseEpilogues.rewrite(before);
    RewriteCheck.sameResult(before, after);
    assertThat(after.nodes()).hasSize(2);
    assertThat(after.nodes().getLast().inputs()).contains(after.nodes().getFirst().output());
  }

  @Test
  void doesNotFuseWhereTheSumIsBroadcast() {
    Value sum = convolve(picture, 1);
    builder.output("y", builder.add("wide", ADD, sum, constant(Shape.of(1, 4, 6, 5))));
    Graph before = builder.build();
    assertThat(FuseEpilogues.rewrite(before).nodes()).isEqualTo(before.nodes());
  }

  @Test
  void fusesZerosAroundAPictureIntoTheWindow() {
    Op pad = new Op.Pad(Op.PadMode.CONSTANT, List.of(0L, 0L, 1L, 0L), List.of(0L, 0L, 2L, 3L), 0);
    builder.output("y", convolve(builder.add("pad", pad, picture), 4));
    Graph before = builder.build();
    Graph after = FusePads.rewrite(before);
    RewriteCheck.sameResult(before, after);
    assertThat(after.nodes()).hasSize(1);
  }

  @Test
  void keepsPaddingThatIsNotZero() {
    Op pad = new Op.Pad(Op.PadMode.CONSTANT, List.of(0L, 0L, 1L, 1L), List.of(0L, 0L, 1L, 1L), 1);
    builder.output("y", convolve(builder.add("pad", pad, picture), 4));
    Graph before = builder.build();
    assertThat(FusePads.rewrite(before).nodes()).isEqualTo(before.nodes());
  }

  @Test
  void removesWhatChangesNothingButKeepsOutputs() {
    Value same = builder.add("same", new Op.Transpose(List.of(0, 1, 2, 3)), picture);
    builder.output("y", builder.add("gate", SIGMOID, same));
    builder.output("z", builder.add("copy", new Op.Map(X), picture));
    Graph before = builder.build();
    Graph after = RemoveIdentities.rewrite(before);
    RewriteCheck.sameResult(before, after);
    assertThat(after.nodes()).hasSize(2);
  }

  @Test
  void removesWhatNobodyReads() {
    builder.add("unread", ADD, picture, constant(Shape.of(1)));
    builder.output("y", builder.add("gate", SIGMOID, picture));
    Graph before = builder.build();
    Graph after = RemoveDeadNodes.rewrite(before);
    RewriteCheck.sameResult(before, after);
    assertThat(after.nodes()).hasSize(1);
    assertThat(after.constants()).isEmpty();
  }

  @Test
  void theWholeListKeepsTheMeaning() {
    Value first = convolve(picture, 4);
    Value gated = builder.add("swish", MULTIPLY, first, builder.add("gate", SIGMOID, first));
    Value second = convolve(gated, 4);
    Value scaled = builder.add("scale", MULTIPLY, second, constant(Shape.of(4, 1, 1)));
    builder.output("y", builder.add("residual", ADD, scaled, gated));
    Graph before = builder.build();
    Graph after = PassList.run(before);
    RewriteCheck.sameResult(before, after);
    assertThat(after.nodes()).hasSize(2);
  }

  @Test
  void namesThePassThatBrokeAGraph() {
    builder.output("y", builder.add("gate", SIGMOID, picture));
    Graph good = builder.build();
    Graph broken = new Graph(good.inputs(), good.outputs(), Map.of(), List.<Node>of());
    Pass careless = new Pass("LoseEverything", _ -> broken);
    assertThatThrownBy(() -> PassList.run(good, List.of(careless)))
        .hasMessageContaining("LoseEverything");
  }

  @Test
  void putsScalarConstantsIntoTheExpression() {
    Value sum = builder.add("add", ADD, picture, constant(Shape.of(1, 1)));
    builder.output("y", builder.add("multiply", MULTIPLY, constant(Shape.of()), sum));
    Graph before = builder.build();
    Graph after = InlineScalars.rewrite(before);
    RewriteCheck.sameResult(before, after);
    assertThat(after.nodes()).allMatch(node -> node.inputs().size() == 1);
  }

  @Test
  void keepsAConstantThatGivesTheResultItsShape() {
    Value vector = builder.input("v", new TensorType(ElementType.FLOAT32, Shape.of(5)));
    builder.output("y", builder.add("add", ADD, vector, constant(Shape.of(1, 1))));
    Graph before = builder.build();
    assertThat(InlineScalars.rewrite(before).nodes()).isEqualTo(before.nodes());
  }

  @Test
  void makesProductsOfSmallPowers() {
    for (double exponent : List.of(2.0, 3.0, 2.5)) {
      Op power = new Op.Map(apply(ScalarFunction.POWER, X, Y));
      Value number =
          builder.constant("e" + exponent, Tensor.ofFloats(Shape.of(), (float) exponent));
      builder.output("y" + exponent, builder.add("power", power, picture, number));
    }
    Graph before = builder.build();
    Graph after = InlineScalars.rewrite(before);
    RewriteCheck.sameResult(before, after);
    Expression square = apply(ScalarFunction.MULTIPLY, X, X);
    assertThat(after.nodes().stream().map(Node::op))
        .containsExactly(
            new Op.Map(square),
            new Op.Map(apply(ScalarFunction.MULTIPLY, square, X)),
            new Op.Map(
                apply(ScalarFunction.POWER, X, new Expression.Real(ElementType.FLOAT32, 2.5))));
  }

  private Value convolve(Value input, int channels) {
    int depth = Math.toIntExact(input.shape().extent(1));
    Value weights = constant(Shape.of(channels, depth, 3, 3));
    return builder.add("convolution", CONVOLUTION, input, weights, constant(Shape.of(channels)));
  }

  private Value constant(Shape shape) {
    double[] values = random.doubles(shape.elements(), -1, 1).toArray();
    return builder.constant("c", Tensor.ofDoubles(ElementType.FLOAT32, shape, values));
  }
}
