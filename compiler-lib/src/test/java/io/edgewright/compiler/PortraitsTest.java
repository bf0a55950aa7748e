package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.bundle.Portrait;
import io.edgewright.compiler.bundle.Portrait.Drawn;
import io.edgewright.compiler.bundle.Portrait.Held;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphText;
import io.edgewright.compiler.manifest.Budget;
import io.edgewright.compiler.onnx.GraphImporter;
import io.edgewright.compiler.onnx.OnnxReader;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.Program;
import io.edgewright.compiler.schedule.Scheduler;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortraitsTest {
  private static final Machine MACHINE = new Machine(8, 16, true, 2);

  @Test
  void tellsWhatEachNodeReadsAndWhereItsResultLies() throws IOException {
    Graph graph = imported("models/mnist_8");
    Program program = Scheduler.schedule(graph, MACHINE);
    Portrait portrait = Portraits.of(graph, program, Budget.NONE);
    assertThat(portrait.inputs()).hasSize(1);
    assertThat(portrait.nodes()).hasSameSizeAs(graph.nodes());
    assertThat(portrait.nodes().getFirst().from()).containsExactly(-1);
    for (int node = 1; node < portrait.nodes().size(); node++) {
      assertThat(portrait.nodes().get(node).from()).containsExactly(node - 1);
    }
    assertThat(portrait.steps()).hasSameSizeAs(program.functions());
    for (Held buffer : portrait.buffers()) {
      assertThat(buffer.offset() + buffer.bytes())
          .isLessThanOrEqualTo(program.memory().arenaBytes());
      assertThat(buffer.last()).isBetween(buffer.first(), portrait.steps().size() - 1);
    }
    assertThat(portrait.buffers())
        .isSortedAccordingTo((a, b) -> Long.compare(b.bytes(), a.bytes()));
  }

  /// The value `x` is another one inside of the branches.
  @Test
  void showsWhatStandsInBranches() {
    Graph graph =
        GraphText.parse(
            """
            input c: bool[]
            input x: float32[2]
            node choose: y = If(then={
              input x: float32[2]
              node double: y = Map(expression=ADD($0, $0)) (x)
              output y
            }, otherwise={
              input x: float32[2]
              node negate: y = Map(expression=NEGATE($0)) (x)
              output y
            }) (c, x)
            node after: z = Map(expression=ADD($0, $1)) (x, y)
            output z
            """);
    List<Drawn> nodes =
        Portraits.of(graph, Scheduler.schedule(graph, MACHINE), Budget.NONE).nodes();
    assertThat(nodes)
        .extracting(Drawn::name)
        .containsExactly("choose", "double", "negate", "after");
    assertThat(nodes).extracting(Drawn::depth).containsExactly(0, 1, 1, 0);
    assertThat(nodes)
        .extracting(Drawn::from)
        .containsExactly(List.of(-1, -2), List.of(0), List.of(0), List.of(-2, 1, 2));
  }

  private static Graph imported(String folder) throws IOException {
    byte[] model = Files.readAllBytes(SharedTestdata.require(folder + "/model.onnx"));
    return PassList.run(GraphImporter.read(OnnxReader.read(model), Map.of()));
  }
}
