package io.edgewright.compiler.onnx;

import static io.edgewright.compiler.onnx.TestModel.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// If of ONNX, and the second output of MaxPool, judged by ONNX Runtime.
class BranchImportTest {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int BOOL = 9;

  private static final Tensor X = Tensor.ofFloats(Shape.of(2, 3), 1, -2, 3, -4, 5, -6);

  /// Each branch captures another value; the weights are constants of the graph around.
  private static TestModel choice() {
    TestModel then = branch().node("Mul", "a w -> t").output("t");
    TestModel otherwise = branch().node("Add", "b w -> e").node("Neg", "e -> f").output("f");
    return branch()
        .typedInput("c", BOOL)
        .input("x", 2, 3)
        .initializer("w", Tensor.ofFloats(Shape.of(3), 1, 2, 3))
        .node("If", "c -> y", attribute("then_branch", then), attribute("else_branch", otherwise))
        .node("Relu", "x -> a")
        .node("Abs", "x -> b")
        .typedOutput("y", FLOAT);
  }

  private static TestModel branch() {
    return new TestModel(16);
  }

  @Test
  void capturesWhatBranchesReadThoughItIsMadeBehindThem() {
    // ONNX Runtime wants nodes in order.
    RuntimeModel model = new RuntimeModel(ordered(choice()));
    model.agrees(List.of(bool(true), X));
    model.agrees(List.of(bool(false), X));
    Graph graph = read(choice());
    Node branches = onlyBranches(graph);
    assertThat(branches.inputs()).hasSize(3);
    assertThat(((Op.If) branches.op()).then().constants()).hasSize(1);
  }

  private static TestModel ordered(TestModel model) {
    var graph = model.proto().getGraph();
    return branch()
        .replace(
            graph.toBuilder()
                .clearNode()
                .addNode(graph.getNode(1))
                .addNode(graph.getNode(2))
                .addNode(graph.getNode(0)));
  }

  private static Node onlyBranches(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> node.op() instanceof Op.If)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void writesOneBranchOutWhereTheConditionIsKnown() {
    TestModel model =
        branch()
            .input("x", 2, 3)
            .initializer("c", bool(false))
            .node(
                "If",
                "c -> y",
                attribute("then_branch", branch().node("Bernoulli", "x -> t").output("t")),
                attribute("else_branch", branch().node("Neg", "x -> e").output("e")))
            .output("y");
    assertThat(read(model).nodes())
        .extracting(node -> node.op().getClass().getSimpleName())
        .containsExactly("Map");
  }

  @Test
  void refusesBranchesOfDifferentTypes() {
    TestModel model =
        branch()
            .typedInput("c", BOOL)
            .input("x", 2, 3)
            .node(
                "If",
                "c -> y",
                attribute("then_branch", branch().node("Neg", "x -> t").output("t")),
                attribute("else_branch", branch().node("Shape", "x -> e").output("e")))
            .output("y");
    Problem problem = problem(model);
    assertThat(problem.code()).isEqualTo(ErrorCode.SHAPE_MISMATCH);
    assertThat(problem.where().text()).isEqualTo("node `the_If` (If)");
  }

  @Test
  void findsOutWhereMaximaAre() {
    long[] extents = {2, 2, 5, 7};
    float[] values = new float[140];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 37 % 11 - 20;
    }
    TestModel model =
        new TestModel(12)
            .input("x", 2, 2, 5, 7)
            .node(
                "MaxPool",
                "x -> y places",
                attribute("kernel_shape", List.of(2L, 3L)),
                attribute("strides", List.of(2L, 1L)),
                attribute("dilations", List.of(1L, 2L)),
                attribute("pads", List.of(1L, 2L, 0L, 1L)),
                attribute("ceil_mode", 1))
            .typedOutput("y", FLOAT)
            .typedOutput("places", INT64);
    new RuntimeModel(model).agrees(List.of(Tensor.ofFloats(Shape.of(extents), values)));
  }

  @Test
  void saysWhatIsMissingInGraphsInsideOfNodes() {
    TestModel none = branch().input("x", 2, 3).typedInput("c", BOOL);
    none.node(
        "If", "c -> y", attribute("then_branch", branch()), attribute("else_branch", branch()));
    assertThat(problem(none.output("y")).seen()).isEqualTo("branches with 0 and 0 outputs");
    TestModel loop =
        branch().input("x", 2, 3).node("Loop", "- - x -> y", attribute("body", branch()));
    assertThat(problem(loop.output("y")).seen()).isEqualTo("a body with 0 outputs");
    TestModel body = branch().typedInput("i", INT64).node("Neg", "i -> a").output("a").output("i");
    TestModel inputs =
        branch().input("x", 2, 3).node("Loop", "- - x -> y", attribute("body", body));
    assertThat(problem(inputs.output("y")).seen()).isEqualTo("a graph with 1 inputs");
    TestModel ghost = branch().input("x", 2, 3).typedInput("c", BOOL);
    TestModel reads = branch().node("Neg", "ghost -> t").output("t");
    ghost.node("If", "c -> y", attribute("then_branch", reads), attribute("else_branch", reads));
    assertThat(problem(ghost.output("y")).seen()).isEqualTo("reads `ghost`, which nothing makes");
  }

  private static Tensor bool(boolean value) {
    return Tensor.ofIntegers(ElementType.BOOL, Shape.SCALAR, value ? 1 : 0);
  }

  private static Graph read(TestModel model) {
    return GraphImporter.read(OnnxReader.read(model.bytes()), Map.of());
  }

  private static Problem problem(TestModel model) {
    CompileException thrown = catchThrowableOfType(CompileException.class, () -> read(model));
    return thrown.problems().getFirst();
  }
}
