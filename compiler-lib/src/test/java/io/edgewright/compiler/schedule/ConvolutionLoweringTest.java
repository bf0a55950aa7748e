package io.edgewright.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.CompiledGraph;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionLoweringTest {
  @ParameterizedTest
  @CsvSource({
    // n, c, h, w, m, kernel, stride, dilation, pad, groups
    "1, 3, 17, 19, 16, 3, 2, 1, 1, 1",
    "1, 16, 13, 13, 24, 1, 1, 1, 0, 1",
    "2, 8, 9, 7, 10, 3, 1, 1, 1, 1",
    "1, 5, 11, 11, 3, 3, 1, 2, 2, 1",
    "1, 32, 14, 14, 32, 3, 1, 1, 1, 32",
    "1, 20, 15, 31, 20, 5, 2, 1, 2, 20",
    "1, 12, 6, 6, 18, 3, 1, 1, 1, 6",
    "1, 64, 1, 1, 85, 1, 1, 1, 0, 1",
    "1, 1, 28, 28, 8, 5, 1, 1, 2, 1",
    "3, 4, 5, 40, 40, 3, 1, 1, 0, 1",
    "1, 7, 8, 8, 7, 3, 1, 3, 3, 7",
  })
  void matchesTheReference(
      int n, int c, int h, int w, int m, int k, int stride, int dilation, int pad, int groups) {
    Window window =
        new Window(
            List.of(k, k),
            List.of(stride, stride),
            List.of(dilation, dilation),
            List.of(pad, pad),
            List.of(pad, pad));
    Random random = new Random(n * 31 + c * 7 + h * 5 + w * 3 + m);
    GraphBuilder builder = new GraphBuilder();
    Value x = builder.input("x", new TensorType(ElementType.FLOAT32, Shape.of(n, c, h, w)));
    Value weights = builder.constant("w", RandomTensors.of(random, Shape.of(m, c / groups, k, k)));
    Value bias = builder.constant("b", RandomTensors.of(random, Shape.of(m)));
    Op convolution = new Op.Convolution(window, groups, Expression.identity());
    builder.output("y", builder.add("conv", convolution, x, weights, bias));
    Graph graph = builder.build();
    List<Tensor> inputs = List.of(RandomTensors.of(random, x.shape()));
    double[] expected = Interpreter.run(graph, inputs).getFirst().toDoubles();
    for (String target : List.of("x86-64-v3", "x86-64-v4")) {
      try (CompiledGraph compiled = CompiledGraph.of(graph, target)) {
        double[] actual = compiled.run(inputs).getFirst().toDoubles();
        for (int i = 0; i < expected.length; i++) {
          assertThat(actual[i]).as("%s[%d]", target, i).isCloseTo(expected[i], within(1e-4));
        }
      }
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double tolerance) {
    return org.assertj.core.data.Offset.offset(tolerance);
  }
}
