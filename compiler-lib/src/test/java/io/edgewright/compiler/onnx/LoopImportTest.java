package io.edgewright.compiler.onnx;

import static io.edgewright.compiler.onnx.TestModel.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Loop and Scan of ONNX, judged by ONNX Runtime.
class LoopImportTest {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int BOOL = 9;
  private static final Tensor TRUE = Tensor.ofIntegers(ElementType.BOOL, Shape.SCALAR, 1);

  private static final Tensor X = Tensor.ofFloats(Shape.of(2, 3), 1, -2, 3, -4, 5, -6);

  private static TestModel model() {
    return new TestModel(16);
  }

  /// Newton's method for a root: rounds are counted, a condition ends them, there are no stacks.
  @Test
  void loopsWhileAConditionHoldsThatOnlyARunKnows() {
    TestModel body =
        model()
            .typedInput("i", INT64)
            .typedInput("go", BOOL)
            .typedInput("r", FLOAT)
            .node("Div", "x r -> q")
            .node("Add", "q r -> s")
            .node("Mul", "s half -> next")
            .node("Sub", "next r -> d")
            .node("Abs", "d -> change")
            .node("Less", "small change -> again")
            .typedOutput("again", BOOL)
            .typedOutput("next", FLOAT);
    TestModel model =
        model()
            .input("x")
            .initializer("half", Tensor.ofFloats(Shape.SCALAR, 0.5f))
            .initializer("small", Tensor.ofFloats(Shape.SCALAR, 1e-4f))
            .node("Loop", "- - x -> root", attribute("body", body))
            .typedOutput("root", FLOAT);
    for (float x : new float[] {2, 1e6f, 1}) {
      new RuntimeModel(model).agrees(List.of(Tensor.ofFloats(Shape.SCALAR, x)));
    }
  }

  @Test
  void runsALoopThatComputesNothing() {
    TestModel body =
        model()
            .typedInput("i", INT64)
            .typedInput("go", BOOL)
            .typedInput("r", FLOAT)
            .node("Identity", "go -> again")
            .typedOutput("again", BOOL)
            .typedOutput("r", FLOAT);
    TestModel model =
        model()
            .typedInput("rounds", INT64)
            .input("x", 0)
            .node("Loop", "rounds - x -> same", attribute("body", body))
            .typedOutput("same", FLOAT);
    Tensor rounds = Tensor.ofIntegers(ElementType.INT64, Shape.SCALAR, 3);
    new RuntimeModel(model).agrees(List.of(rounds, Tensor.ofFloats(Shape.of(0))));
  }

  @Test
  void stacksRowsOfALoopThatRunsToItsEnd() {
    TestModel body =
        model()
            .typedInput("i", INT64)
            .typedInput("go", BOOL)
            .input("sum", 3)
            .node("Gather", "x i -> row")
            .node("Add", "sum row -> next")
            .node("Mul", "next next -> square")
            .node("Identity", "go -> again")
            .typedOutput("again", BOOL)
            .typedOutput("next", FLOAT)
            .node("Neg", "i -> number")
            .typedOutput("square", FLOAT)
            .typedOutput("number", INT64);
    TestModel model =
        model()
            .input("x", 5, 3)
            .input("zero", 3)
            .initializer("n", Tensor.ofLongs(Shape.SCALAR, 5))
            .initializer("true", TRUE)
            .node("Loop", "n true zero -> sum squares numbers", attribute("body", body))
            .typedOutput("sum", FLOAT)
            .typedOutput("squares", FLOAT)
            .typedOutput("numbers", INT64);
    float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    new RuntimeModel(model)
        .agrees(
            List.of(
                Tensor.ofFloats(Shape.of(5, 3), values), Tensor.ofFloats(Shape.of(3), 1, 2, 3)));
  }

  /// How many rows there are depends on x.
  @Test
  void stacksAsManyRowsAsThereAreRounds() {
    TestModel body =
        model()
            .typedInput("i", INT64)
            .typedInput("go", BOOL)
            .input("sum", 3)
            .node("Add", "sum x -> next")
            .node("Neg", "sum -> row")
            .node("ReduceMax", "next -> largest", attribute("keepdims", 0))
            .node("Less", "largest limit -> again")
            .typedOutput("again", BOOL)
            .typedOutput("next", FLOAT)
            .typedOutput("row", FLOAT);
    TestModel model =
        model()
            .input("x", 3)
            .initializer("limit", Tensor.ofFloats(Shape.SCALAR, 9))
            .initializer("n", Tensor.ofLongs(Shape.SCALAR, 6))
            .node("Loop", "n - x -> end rows", attribute("body", body))
            .node("Abs", "rows -> y")
            .typedOutput("end", FLOAT)
            .typedOutput("y", FLOAT);
    for (float step : new float[] {1, 3, 20}) {
      new RuntimeModel(model).agrees(List.of(Tensor.ofFloats(Shape.of(3), step, 0.5f, -1)));
    }
  }

  /// The carried value grows, so the loop becomes one round after the other.
  @Test
  void writesOutALoopWhoseCarriedValueGrows() {
    TestModel body =
        model()
            .typedInput("i", INT64)
            .typedInput("go", BOOL)
            .input("v", "n", 3)
            .node("Concat", "v x -> w", attribute("axis", 0))
            .node("Identity", "go -> again")
            .typedOutput("again", BOOL)
            .typedOutput("w", FLOAT);
    TestModel model =
        model()
            .input("x", 2, 3)
            .initializer("n", Tensor.ofLongs(Shape.SCALAR, 4))
            .initializer("true", TRUE)
            .node("Loop", "n true x -> y", attribute("body", body))
            .typedOutput("y", FLOAT);
    new RuntimeModel(model).agrees(List.of(X));
    assertThat(read(model).outputs().getFirst().shape()).isEqualTo(Shape.of(10, 3));
  }

  @Test
  void refusesStacksThatOnlyARunKnowsTheLengthOf() {
    TestModel body =
        model()
            .typedInput("i", INT64)
            .typedInput("go", BOOL)
            .typedInput("v", FLOAT)
            .node("Add", "v x -> w")
            .node("Identity", "go -> again")
            .typedOutput("again", BOOL)
            .typedOutput("w", FLOAT)
            .typedOutput("w", FLOAT);
    TestModel model =
        model()
            .input("x", 2, 3)
            .typedInput("n", INT64)
            .initializer("true", TRUE)
            .node("Loop", "n true x -> y z", attribute("body", body))
            .typedOutput("z", FLOAT);
    Problem problem = problem(model);
    assertThat(problem.code()).isEqualTo(ErrorCode.OPERATOR_UNSUPPORTED);
    assertThat(problem.seen()).contains("scan outputs");
    assertThat(problem.hint()).contains("constant trip count");
  }

  @Test
  void scansBackwardsAndAlongOtherAxes() {
    TestModel body =
        model()
            .input("sum", 2)
            .input("a", 2)
            .input("b", 2)
            .node("Mul", "a b -> p")
            .node("Add", "sum p -> next")
            .node("Sub", "next a -> row")
            .typedOutput("next", FLOAT)
            .typedOutput("row", FLOAT);
    TestModel model =
        model()
            .input("start", 2)
            .input("x", 2, 3)
            .input("z", 3, 2)
            .node(
                "Scan",
                "start x z -> end rows",
                attribute("body", body),
                attribute("num_scan_inputs", 2),
                attribute("scan_input_axes", List.of(1L, 0L)),
                attribute("scan_input_directions", List.of(1L, 0L)),
                attribute("scan_output_axes", List.of(1L)),
                attribute("scan_output_directions", List.of(1L)))
            .typedOutput("end", FLOAT)
            .typedOutput("rows", FLOAT);
    new RuntimeModel(model)
        .agrees(List.of(Tensor.ofFloats(Shape.of(2), 1, 2), X, X.withShape(Shape.of(3, 2))));
  }

  private static Graph read(TestModel model) {
    return GraphImporter.read(OnnxReader.read(model.bytes()), Map.of());
  }

  private static Problem problem(TestModel model) {
    CompileException thrown = catchThrowableOfType(CompileException.class, () -> read(model));
    return thrown.problems().getFirst();
  }
}
