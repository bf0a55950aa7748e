package io.edgewright.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewright.compiler.CompiledGraph;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Winograd's convolution against the interpreter.
@Tag("slow")
class WinogradLoweringTest {
  /// As a share of the largest result.
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @CsvSource({
    // inputs, h, w, outputs, pads: top, left, bottom, right
    "32, 16, 16, 32, 1, 1, 1, 1",
    "64, 13, 13, 48, 1, 1, 1, 1",
    "20, 17, 31, 24, 1, 1, 1, 1",
    "32, 12, 15, 40, 0, 0, 0, 0",
    "24, 15, 12, 32, 1, 0, 0, 1",
    "33, 14, 9, 35, 0, 1, 1, 0",
    "128, 9, 9, 128, 1, 1, 1, 1",
    "16, 56, 64, 16, 1, 1, 1, 1",
  })
  void matchesTheReference(
      int inputs, int h, int w, int outputs, int top, int left, int bottom, int right) {
    Window window =
        new Window(
            List.of(3, 3),
            List.of(1, 1),
            List.of(1, 1),
            List.of(top, left),
            List.of(bottom, right));
    Graph graph = graph(Shape.of(1, inputs, h, w), outputs, window);
    List<Tensor> data = RandomTensors.forInputsOf(graph);
    double[] expected = Interpreter.run(graph, data).getFirst().toDoubles();
    double most = TOLERANCE * DoubleStream.of(expected).max().orElseThrow();
    for (String id : List.of("x86-64-v2", "x86-64-v3", "x86-64-v4")) {
      for (int cores : List.of(1, 4)) {
        Target target = TargetCatalog.standard().get(id, Location.option("--target"));
        Machine machine = Machine.of(target);
        try (CompiledGraph compiled =
            CompiledGraph.of(
                graph,
                target,
                new Machine(
                    machine.floatLanes(),
                    machine.vectorRegisters(),
                    machine.memoryOperands(),
                    cores))) {
          assertThat(compiled.source()).contains("void winograd_");
          double[] actual = compiled.run(data).getFirst().toDoubles();
          assertThat(actual).as("%s, %d cores", id, cores).hasSize(expected.length);
          for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("%s [%d]", id, i).isCloseTo(expected[i], within(most));
          }
        }
      }
    }
  }

  @Test
  void isLeftOutWhereSumsMustBeDirect() {
    Graph graph = graph(Shape.of(1, 32, 16, 16), 32, padded());
    Machine machine = new Machine(16, 32, true, 1);

    assertThat(names(Scheduler.schedule(graph, machine)))
        .anyMatch(name -> name.startsWith("winograd"));
    assertThat(names(Scheduler.schedule(graph, machine, ConvolutionMethod.DIRECT)))
        .isNotEmpty()
        .noneMatch(name -> name.startsWith("winograd"));
  }

  /// Weights of four times the size would have to come from memory for every few tiles.
  @Test
  void isLeftOutWhereWeightsCostMoreThanProducts() {
    Graph graph = graph(Shape.of(1, 512, 7, 7), 512, padded());

    assertThat(names(Scheduler.schedule(graph, new Machine(16, 32, true, 1))))
        .noneMatch(name -> name.startsWith("winograd"));
  }

  private static List<String> names(Program program) {
    return program.functions().stream().map(function -> function.name()).toList();
  }

  private static Window padded() {
    List<Integer> ones = List.of(1, 1);
    return new Window(List.of(3, 3), ones, ones, ones, ones);
  }

  /// A convolution of a picture with channels last, with a residual and a ReLU behind it.
  private static Graph graph(Shape input, int outputs, Window window) {
    Random random = new Random(input.extent(2) * 31 + outputs);
    GraphBuilder builder = new GraphBuilder();
    Shape channelsLast = Shape.of(1, input.extent(2), input.extent(3), input.extent(1));
    Value picture = builder.input("x", new TensorType(ElementType.FLOAT32, channelsLast));
    Value x = builder.add("turn", new Op.Transpose(List.of(0, 3, 1, 2)), picture);
    Shape result =
        Shape.of(
            1,
            outputs,
            window.outputExtent(0, input.extent(2)),
            window.outputExtent(1, input.extent(3)));
    Value residual = builder.input("r", new TensorType(ElementType.FLOAT32, result));
    Value weights =
        builder.constant("w", RandomTensors.of(random, Shape.of(outputs, input.extent(1), 3, 3)));
    Value bias = builder.constant("b", RandomTensors.of(random, Shape.of(outputs)));
    Expression sum =
        Expression.apply(ScalarFunction.ADD, new Expression.Input(0), new Expression.Input(1));
    Expression epilogue =
        Expression.apply(ScalarFunction.MAXIMUM, sum, new Expression.Real(ElementType.FLOAT32, 0));
    Op convolution = new Op.Convolution(window, 1, epilogue);
    builder.output("y", builder.add("conv", convolution, x, weights, bias, residual));
    return builder.build();
  }
}
