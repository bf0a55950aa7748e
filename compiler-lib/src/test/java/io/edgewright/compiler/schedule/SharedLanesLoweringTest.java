package io.edgewright.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewright.compiler.CompiledGraph;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Convolutions with fewer output channels than lanes against the interpreter.
@Tag("slow")
class SharedLanesLoweringTest {
  private static final double TOLERANCE = 1e-4;
  private static final Expression PLAIN = Expression.identity();

  /// `relu(sum + residual)`
  private static final Expression RESIDUAL =
      Expression.apply(
          ScalarFunction.MAXIMUM,
          Expression.apply(ScalarFunction.ADD, new Expression.Input(0), new Expression.Input(1)),
          new Expression.Real(ElementType.FLOAT32, 0));

  /// Where results are wanted: as ONNX has them, or channels last.
  private enum Output {
    PLANES,
    PIXELS
  }

  @ParameterizedTest
  @CsvSource({
    // n, c, h, w, m, kernel rows and columns, stride, pads left and right
    "1, 1, 1, 600, 1, 1, 256, 2, 0, 0",
    "1, 1, 1, 90, 1, 1, 19, 1, 7, 11",
    "1, 8, 9, 40, 1, 5, 5, 1, 2, 2",
    "2, 3, 7, 33, 1, 3, 3, 2, 1, 1",
    "1, 33, 6, 21, 1, 3, 3, 1, 1, 1",
    "1, 32, 5, 20, 2, 3, 3, 1, 1, 1",
    "1, 16, 6, 18, 2, 3, 5, 2, 4, 0",
    "1, 32, 4, 17, 3, 1, 1, 1, 0, 0",
    "1, 64, 3, 16, 4, 3, 3, 1, 1, 1",
    "1, 8, 6, 44, 8, 3, 13, 1, 6, 6",
    "1, 24, 4, 19, 7, 3, 3, 1, 0, 2",
    "1, 64, 1, 50, 1, 1, 1, 1, 0, 0",
    "1, 4, 5, 16, 1, 3, 16, 1, 15, 15",
  })
  void matchesTheReference(
      int n, int c, int h, int w, int m, int rows, int columns, int stride, int left, int right) {
    Window window =
        new Window(
            List.of(rows, columns),
            List.of(1, stride),
            List.of(1, 1),
            List.of(rows / 2, left),
            List.of(rows / 2, right));
    Graph plain = graph(Shape.of(n, h, w, c), m, window, Output.PLANES, PLAIN);
    assertThat(takesIt(plain, new Machine(16, 32, true, 1), ConvolutionMethod.FASTEST)).isTrue();
    compare(plain);
    compare(graph(Shape.of(n, h, w, c), m, window, Output.PIXELS, PLAIN));
    compare(graph(Shape.of(n, h, w, c), m, window, Output.PIXELS, RESIDUAL));
  }

  /// On every width of vectors; at least the widest has lanes to share out.
  private static void compare(Graph graph) {
    List<Tensor> data = RandomTensors.forInputsOf(graph);
    double[] expected = Interpreter.run(graph, data).getFirst().toDoubles();
    for (String id : List.of("x86-64-v2", "x86-64-v3", "x86-64-v4")) {
      try (CompiledGraph compiled = CompiledGraph.of(graph, id)) {
        double[] actual = compiled.run(data).getFirst().toDoubles();
        assertThat(actual).as(id).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
          assertThat(actual[i]).as("%s [%d]", id, i).isCloseTo(expected[i], within(TOLERANCE));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // c, m, kernel columns, lanes of the processor, whether it is taken
    "1, 1, 32, 16, true",
    "8, 1, 5, 16, true",
    "8, 8, 3, 16, true",
    "8, 8, 3, 8, false",
    "64, 16, 3, 16, false",
    "64, 3, 1, 4, false",
    "64, 2, 1, 4, true",
    // A shift by a column would be a part of what the lanes of a channel take at once.
    "3, 4, 5, 16, false",
    // Nothing is saved where a sum has hardly any terms.
    "1, 1, 3, 16, false",
  })
  void isTakenWhereLanesWouldBeEmpty(int c, int m, int columns, int lanes, boolean taken) {
    Graph graph = graph(Shape.of(1, 4, 40, c), m, oneRow(columns), Output.PLANES, PLAIN);
    assertThat(takesIt(graph, new Machine(lanes, 32, true, 1), ConvolutionMethod.FASTEST))
        .isEqualTo(taken);
  }

  @Test
  void isLeftOutWhereSumsMustBeDirect() {
    Graph graph = graph(Shape.of(1, 4, 40, 8), 1, oneRow(5), Output.PLANES, PLAIN);
    Machine machine = new Machine(16, 32, true, 1);
    assertThat(takesIt(graph, machine, ConvolutionMethod.FASTEST)).isTrue();
    assertThat(takesIt(graph, machine, ConvolutionMethod.DIRECT)).isFalse();
  }

  private static boolean takesIt(Graph graph, Machine machine, ConvolutionMethod method) {
    return Scheduler.schedule(graph, machine, method).functions().stream()
        .anyMatch(function -> function.body().toString().contains("add_pairs"));
  }

  private static Window oneRow(int columns) {
    return new Window(
        List.of(1, columns),
        List.of(1, 1),
        List.of(1, 1),
        List.of(0, columns / 2),
        List.of(0, columns / 2));
  }

  /// A convolution of a picture with channels last.
  private static Graph graph(
      Shape input, int channels, Window window, Output output, Expression epilogue) {
    Random random = new Random(input.extent(2) * 31 + channels);
    GraphBuilder builder = new GraphBuilder();
    Value picture = builder.input("x", new TensorType(ElementType.FLOAT32, input));
    Value x = builder.add("turn", new Op.Transpose(List.of(0, 3, 1, 2)), picture);
    Shape filter =
        Shape.of(channels, input.extent(3), window.kernel().getFirst(), window.kernel().getLast());
    List<Value> operands = new ArrayList<>();
    operands.add(x);
    operands.add(builder.constant("w", RandomTensors.of(random, filter)));
    operands.add(builder.constant("b", RandomTensors.of(random, Shape.of(channels))));
    if (epilogue.equals(RESIDUAL)) {
      operands.add(residual(builder, input, channels, window, output));
    }
    Op convolution = new Op.Convolution(window, 1, epilogue);
    Value y = builder.add("conv", convolution, operands.toArray(Value[]::new));
    boolean turned = output == Output.PIXELS;
    builder.output("y", turned ? builder.add("back", new Op.Transpose(List.of(0, 2, 3, 1)), y) : y);
    return builder.build();
  }

  private static Value residual(
      GraphBuilder builder, Shape input, int channels, Window window, Output output) {
    long rows = window.outputExtent(0, input.extent(1));
    long columns = window.outputExtent(1, input.extent(2));
    if (output == Output.PLANES) {
      Shape planes = Shape.of(input.extent(0), channels, rows, columns);
      return builder.input("r", new TensorType(ElementType.FLOAT32, planes));
    }
    Shape pixels = Shape.of(input.extent(0), rows, columns, channels);
    Value turned = builder.input("r", new TensorType(ElementType.FLOAT32, pixels));
    return builder.add("turn_r", new Op.Transpose(List.of(0, 3, 1, 2)), turned);
  }
}
