package io.edgewright.compiler.passes;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphChecks;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;

/// Holds a rewritten graph against the graph that it came from.
final class RewriteCheck {
  private RewriteCheck() {}

  /// Both graphs are sound and give the same results on the same random inputs.
  static void sameResult(Graph before, Graph after) {
    sameResult(before, after, 1e-5);
  }

  /// Both graphs are sound and give results that differ by no more than a tolerance.
  static void sameResult(Graph before, Graph after, double tolerance) {
    GraphChecks.verify(after);
    assertThat(after.inputs()).isEqualTo(before.inputs());
    assertThat(after.outputs()).isEqualTo(before.outputs());
    List<Tensor> inputs = randomInputs(before);
    List<Tensor> expected = Interpreter.run(before, inputs);
    List<Tensor> actual = Interpreter.run(after, inputs);
    for (int output = 0; output < expected.size(); output++) {
      assertThat(actual.get(output).toDoubles())
          .as(before.outputs().get(output).name())
          .containsExactly(expected.get(output).toDoubles(), Offset.offset(tolerance));
    }
  }

  static List<Tensor> randomInputs(Graph graph) {
    Random random = new Random(graph.nodes().size());
    List<Tensor> inputs = new ArrayList<>();
    for (Value input : graph.inputs()) {
      boolean whole = input.type().element().isInteger();
      double[] values =
          random
              .doubles(input.shape().elements(), -1, 1)
              .map(value -> whole ? Math.rint(value * 127) : (float) value)
              .toArray();
      inputs.add(Tensor.ofDoubles(input.type().element(), input.shape(), values));
    }
    return inputs;
  }
}
