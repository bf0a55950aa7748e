package io.edgewright.compiler.passes;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.GraphChecks;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutIntoStripesTest {
  private static final Window SAME =
      new Window(List.of(3, 3), List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(1, 1));

  /// Two rows above the picture and none below, every second row, three rows apart.
  private static final Window SKEWED =
      new Window(List.of(2, 3), List.of(2, 1), List.of(3, 1), List.of(2, 1), List.of(0, 1));

  private final Random random = new Random(7);
  private final GraphBuilder builder = new GraphBuilder();

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 7})
  void stripesGiveWhatWholeLayersGive(int count) {
    Value picture = floats("x", 1, 2, 23, 6);
    Value first = convolve(picture, 3, SKEWED, Expression.identity());
    Value pooled = builder.add("pool", new Op.Pool(Op.PoolKind.AVERAGE, SAME), first);
    Expression residual =
        Expression.apply(ScalarFunction.ADD, new Expression.Input(0), new Expression.Input(1));
    Value other = floats("residual", 1, 1, pooled.shape().extent(2), 6);
    Value row = floats("row", 6);
    Value second = convolve(pooled, 4, SAME, residual, other);
    builder.output("y", convolve(second, 2, SAME, residual, row));
    checkStripes(builder.build(), count);
  }

  @Test
  void stripesOfBytesHaveTheSameZeroPointBesideThem() {
    Value picture = builder.input("x", new TensorType(ElementType.UINT8, Shape.of(1, 2, 9, 5)));
    Op padded = new Op.Convolution(SAME, 1, 128, Expression.identity());
    Value sums =
        builder.add(
            "sums",
            padded,
            picture,
            numbers(ElementType.INT8, Shape.of(3, 2, 3, 3)),
            numbers(ElementType.INT32, Shape.of(3)));
    builder.output("y", builder.add("pool", new Op.Pool(Op.PoolKind.MAXIMUM, SAME), sums));
    checkStripes(builder.build(), 3);
  }

  @Test
  void refusesMoreStripesThanRows() {
    builder.output("y", convolve(floats("x", 1, 2, 4, 4), 2, SAME, Expression.identity()));
    Graph graph = builder.build();
    assertThat(RowStripes.of(graph, graph.nodes(), 4)).isPresent();
    assertThat(RowStripes.of(graph, graph.nodes(), 5)).isEmpty();
  }

  @Test
  void refusesAStripeThatSeesNothingOfThePicture() {
    Window above =
        new Window(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(4, 0), List.of(0, 0));
    builder.output("y", convolve(floats("x", 1, 2, 4, 4), 2, above, Expression.identity()));
    Graph graph = builder.build();
    assertThat(RowStripes.of(graph, graph.nodes(), 2)).isEmpty();
  }

  @Test
  void neverHoldsLargePicturesAsAWhole() {
    Graph before = largePictures(256);
    Graph after = CutIntoStripes.rewrite(before);
    GraphChecks.verify(after);
    assertThat(after.outputs()).isEqualTo(before.outputs());
    assertThat(most(before)).isEqualTo(2L * 16 * 256 * 256 * Float.BYTES);
    assertThat(most(after)).isLessThan(most(before) / 2);
  }

  @Test
  void isLeftOutForWhoLooksAtLayers() {
    Graph before = largePictures(256);
    assertThat(PassList.run(before).nodes().size()).isGreaterThan(3);
    assertThat(PassList.runKeepingLayers(before).nodes()).isEqualTo(before.nodes());
  }

  @Test
  void keepsSmallPicturesWhole() {
    Graph before = largePictures(128);
    assertThat(CutIntoStripes.rewrite(before)).isEqualTo(before);
  }

  @Test
  void keepsAPictureThatSomebodyElseReadsToo() {
    Value first = convolve(floats("x", 1, 1, 256, 256), 32, SAME, Expression.identity());
    builder.output("y", convolve(first, 1, SAME, Expression.identity()));
    builder.output(
        "z", builder.add("all", new Op.Reduce(Op.ReduceKind.MAXIMUM, List.of(2)), first));
    Graph before = builder.build();
    assertThat(CutIntoStripes.rewrite(before)).isEqualTo(before);
  }

  @Test
  void doesNotRepeatMuchWorkToSaveMemory() {
    Window tall =
        new Window(List.of(63, 1), List.of(1, 1), List.of(1, 1), List.of(31, 0), List.of(31, 0));
    Value first = convolve(floats("x", 1, 1, 64, 1024), 32, SAME, Expression.identity());
    Value second = convolve(first, 32, tall, Expression.identity());
    builder.output("y", convolve(second, 1, tall, Expression.identity()));
    Graph before = builder.build();
    assertThat(most(before)).isGreaterThan(8 << 20);
    assertThat(CutIntoStripes.rewrite(before)).isEqualTo(before);
  }

  @Test
  void countsViewsAndPartsAsWhatTheyBelongTo() {
    Value left = builder.add("left", new Op.Map(Expression.identity()), floats("x", 1, 4, 4));
    Value turned = builder.add("turned", new Op.Transpose(List.of(0, 2, 1)), left);
    Value right = builder.add("right", new Op.Map(Expression.identity()), floats("z", 1, 4, 4));
    Value both = builder.add("both", new Op.Concat(1), turned, right);
    builder.output("y", builder.add("sum", new Op.Reduce(Op.ReduceKind.SUM, List.of(1)), both));
    long one = 16 * Float.BYTES;
    assertThat(LiveBytes.of(builder.build())).containsExactly(one, one, 3 * one, 3 * one, 2 * one);
  }

  private Graph largePictures(int side) {
    Value first = convolve(floats("x", 1, 1, side, side), 16, SAME, Expression.identity());
    Value second = convolve(first, 16, SAME, Expression.identity());
    builder.output("y", convolve(second, 1, SAME, Expression.identity()));
    return builder.build();
  }

  private static long most(Graph graph) {
    long[] live = LiveBytes.of(graph);
    return LiveBytes.most(live, 0, live.length);
  }

  private static void checkStripes(Graph before, int count) {
    Optional<List<Node>> stripes = RowStripes.of(before, before.nodes(), count);
    assertThat(stripes).isPresent();
    Graph after =
        new Graph(before.inputs(), before.outputs(), before.constants(), stripes.orElseThrow());
    RewriteCheck.sameResult(before, after);
    assertThat(after.nodes().getLast().inputs()).hasSize(count);
  }

  private Value floats(String name, long... extents) {
    return builder.input(name, new TensorType(ElementType.FLOAT32, Shape.of(extents)));
  }

  private Value convolve(
      Value input, int channels, Window window, Expression epilogue, Value... extras) {
    Shape weights =
        Shape.of(channels, input.shape().extent(1), window.kernel().get(0), window.kernel().get(1));
    List<Value> operands = new ArrayList<>();
    operands.add(input);
    operands.add(numbers(ElementType.FLOAT32, weights));
    operands.add(numbers(ElementType.FLOAT32, Shape.of(channels)));
    operands.addAll(List.of(extras));
    return builder
        .addAll("convolution", new Op.Convolution(window, 1, epilogue), operands)
        .getFirst();
  }

  private Value numbers(ElementType element, Shape shape) {
    double[] values =
        IntStream.range(0, Math.toIntExact(shape.elements()))
            .mapToDouble(_ -> element.isFloat() ? random.nextDouble() - 0.5 : random.nextInt(9) - 4)
            .toArray();
    return builder.constant("c", Tensor.ofDoubles(element, shape, values));
  }
}
