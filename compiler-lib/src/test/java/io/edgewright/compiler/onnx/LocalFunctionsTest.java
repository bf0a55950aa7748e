package io.edgewright.compiler.onnx;

import static io.edgewright.compiler.onnx.TestModel.attribute;
import static io.edgewright.compiler.onnx.TestModel.reference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Functions that a model brings along, judged by ONNX Runtime.
class LocalFunctionsTest {
  private static final int FLOAT = 1;

  /// `leak` has a default, and the body's own names are those of the model too.
  @Test
  void putsAttributesOfTheCallWhereTheBodyRefersToThem() {
    TestModel body =
        new TestModel(17)
            .input("x", 1)
            .node("LeakyRelu", "x -> y", reference("alpha", AttributeType.FLOAT, "leak"))
            .node("Neg", "y -> z")
            .output("z");
    TestModel model =
        new TestModel(17)
            .function("Leak", body, attribute("leak", 0.25))
            .input("y", 4)
            .call("Leak", "y -> a", attribute("leak", 0.5))
            .call("Leak", "a -> z")
            .typedOutput("z", FLOAT);
    agrees(model);
  }

  /// The operator's own default holds where neither the call nor the function gives a value.
  @Test
  void leavesOutAttributesThatNobodyGives() {
    TestModel body =
        new TestModel(17)
            .input("x", 1)
            .node("LeakyRelu", "x -> y", reference("alpha", AttributeType.FLOAT, "leak"))
            .output("y");
    TestModel model = new TestModel(17).input("x", 4).call("Leak", "x -> y");
    // Without a declaration of `leak` no call may give it.
    agrees(model.function("Leak", body).typedOutput("y", FLOAT));
  }

  @Test
  void leavesOutInputsThatTheCallLeavesOut() {
    TestModel body = new TestModel(17).input("x", 1).input("low", 1).input("high", 1);
    body.node("Clip", "x low high -> y").output("y");
    TestModel model =
        new TestModel(17)
            .function("Between", body)
            .input("x", 4)
            .initializer("high", Tensor.ofFloats(Shape.SCALAR, 1.5f))
            .call("Between", "x - high -> y")
            .typedOutput("y", FLOAT);
    agrees(model);
  }

  @Test
  void readsABodyInItsOwnOpset() {
    TestModel body =
        new TestModel(11)
            .input("x", 1)
            .node("ReduceSum", "x -> y", attribute("axes", List.of(0L)))
            .output("y");
    TestModel model =
        new TestModel(17).function("Sum", body).input("x", 4).call("Sum", "x -> y").output("y", 1);
    var graph = GraphImporter.read(OnnxReader.read(model.bytes()), Map.of());
    assertThat(graph.outputs().getFirst().shape()).isEqualTo(Shape.of(1));
  }

  /// Each call finds out an extent of its own.
  @Test
  void keepsTheExtentsOfTwoCallsApart() {
    TestModel body = new TestModel(17).input("x", 1).node("NonZero", "x -> y").output("y");
    TestModel model =
        new TestModel(17)
            .function("Places", body)
            .input("x", 4)
            .node("Relu", "x -> r")
            .call("Places", "x -> a")
            .call("Places", "r -> b")
            .typedOutput("a", ElementType.INT64.onnxCode())
            .typedOutput("b", ElementType.INT64.onnxCode());
    agrees(model);
  }

  @Test
  void refusesFunctionsThatCallThemselves() {
    TestModel model =
        new TestModel(17)
            .function("A", new TestModel(17).input("x", 1).call("B", "x -> y").output("y"))
            .function("B", new TestModel(17).input("x", 1).call("A", "x -> y").output("y"))
            .input("x", 4)
            .call("A", "x -> y")
            .output("y");
    Problem problem = problem(model);
    assertThat(problem.code()).isEqualTo(ErrorCode.FUNCTION_RECURSIVE);
    assertThat(problem.seen()).contains("`local.A` -> `local.B` -> `local.A`");
  }

  /// Twenty functions, each of which calls the next one twice: a million nodes.
  @Test
  void limitsWhatFunctionsCanBecome() {
    TestModel model = new TestModel(17).input("x", 4).call("F0", "x -> y").output("y");
    for (int i = 0; i < 20; i++) {
      String next = "F" + (i + 1);
      TestModel body = new TestModel(17).input("x", 1).call(next, "x -> a").call(next, "a -> y");
      model.function("F" + i, body.output("y"));
    }
    model.function("F20", new TestModel(17).input("x", 1).node("Neg", "x -> y").output("y"));
    assertThat(problem(model).code()).isEqualTo(ErrorCode.TOO_MANY_NODES);
  }

  private static void agrees(TestModel model) {
    new RuntimeModel(model).agrees(List.of(Tensor.ofFloats(Shape.of(4), -2, -1, 1, 2)));
  }

  private static Problem problem(TestModel model) {
    CompileException thrown =
        catchThrowableOfType(
            CompileException.class,
            () -> GraphImporter.read(OnnxReader.read(model.bytes()), Map.of()));
    return thrown.problems().getFirst();
  }
}
