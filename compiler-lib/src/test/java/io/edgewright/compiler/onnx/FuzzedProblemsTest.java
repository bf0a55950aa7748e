package io.edgewright.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.endtoend.EndToEnd;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Models that the fuzzer found: each once ended in a fault of the compiler.
class FuzzedProblemsTest {
  private static final int BOOL = ElementType.BOOL.onnxCode();

  private static Problem problem(TestModel model) {
    CompileException refused =
        catchThrowableOfType(
            CompileException.class,
            () ->
                EndToEnd.wrap(
                    GraphImporter.read(OnnxReader.read(model.bytes()), Map.of()),
                    Manifest.raw("fuzzed")));
    assertThat(refused).isNotNull();
    return refused.problems().getFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ArgMax", "GlobalAveragePool"})
  void truthValuesAreNotAddedUp(String operator) {
    TestModel model =
        new TestModel(17).typedInput("x", BOOL, 1, 2, 3, 3).node(operator, "x -> y").output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.SHAPE_MISMATCH);
  }

  @Test
  void truthValuesAreNotMultiplied() {
    TestModel model =
        new TestModel(17).typedInput("x", BOOL, 2, 2).node("MatMul", "x x -> y").output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.SHAPE_MISMATCH);
  }

  @Test
  void aConvolutionOfBytesHasFilters() {
    int bytes = ElementType.UINT8.onnxCode();
    TestModel model =
        new TestModel(17)
            .typedInput("x", bytes, 1, 1, 3, 3)
            .typedInput("w", bytes)
            .node("ConvInteger", "x w -> y")
            .output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.SHAPE_MISMATCH);
  }

  @Test
  void filtersWithABiasAreFilters() {
    TestModel model =
        new TestModel(17)
            .typedInput("x", ElementType.UINT8.onnxCode(), 1, 1, 3, 3)
            .initializer("w", Tensor.ofIntegers(ElementType.UINT8, Shape.SCALAR, 200))
            .initializer("s", Tensor.ofFloats(Shape.SCALAR, 1))
            .initializer("z", Tensor.ofIntegers(ElementType.UINT8, Shape.SCALAR, 7))
            .initializer("b", Tensor.ofIntegers(ElementType.INT32, Shape.of(1), 7))
            .node("QLinearConv", "x s z w s z s z b -> y")
            .output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.SHAPE_MISMATCH);
  }

  /// They are multiplied in 32 bits.
  @Test
  void weightsOfAnIntegerProductMayBeWide() {
    TestModel model =
        new TestModel(17)
            .typedInput("x", ElementType.UINT8.onnxCode(), 1, 2)
            .initializer("w", Tensor.ofIntegers(ElementType.INT32, Shape.of(2, 1), 1000, -7))
            .node("MatMulInteger", "x w -> y")
            .output("y");
    Tensor x = Tensor.ofIntegers(ElementType.UINT8, Shape.of(1, 2), 3, 4);
    var graph = GraphImporter.read(OnnxReader.read(model.bytes()), Map.of());
    assertThat(Interpreter.run(graph, List.of(x)).getFirst().toLongs()).containsExactly(2972);
  }

  /// What a picture's zero point takes off would be a constant of its size.
  @Test
  void aPictureWithAZeroPointOfRunTimeMayBeLarge() {
    long side = 2048;
    TestModel model =
        new TestModel(17)
            .typedInput("x", ElementType.UINT8.onnxCode(), 1, 1, side, side)
            .typedInput("z", ElementType.UINT8.onnxCode())
            .initializer("w", Tensor.ofIntegers(ElementType.UINT8, Shape.of(1, 1, 1, 1), 3))
            .node("ConvInteger", "x w z -> y", TestModel.attribute("pads", List.of(1L, 1L, 1L, 1L)))
            .output("y");
    var graph = GraphImporter.read(OnnxReader.read(model.bytes()), Map.of());
    assertThat(graph.outputs().getFirst().shape()).isEqualTo(Shape.of(1, 1, side + 2, side + 2));
    assertThat(graph.constants().values()).allMatch(constant -> constant.size() <= 1);
  }

  @Test
  void theConditionOfCompressIsAList() {
    TestModel model =
        new TestModel(17)
            .input("x", 2, 2)
            .typedInput("condition", BOOL)
            .node("Compress", "x condition -> y")
            .output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.SHAPE_MISMATCH);
  }

  @Test
  void aConvolutionHasChannels() {
    TestModel model =
        new TestModel(17)
            .input("x", 1, 0, 3, 3)
            .initializer("w", Tensor.ofFloats(Shape.of(2, 0, 1, 1)))
            .node("Conv", "x w -> y")
            .output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.SHAPE_MISMATCH);
  }

  @Test
  void weightsHaveFilters() {
    TestModel model =
        new TestModel(17)
            .input("x", 1, 1, 3, 3)
            .initializer("w", Tensor.ofFloats(Shape.SCALAR, 1))
            .node("Conv", "x w -> y")
            .output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.SHAPE_MISMATCH);
  }

  @Test
  void anEmptyAxisMakesNoOtherAxisFree() {
    TestModel model =
        new TestModel(17).input("x", 0, 1L << 62, 1L << 62).node("Relu", "x -> y").output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.TENSOR_TOO_LARGE);
  }

  @Test
  void aDepthIsOneNumber() {
    TestModel model =
        new TestModel(17)
            .typedInput("x", ElementType.INT64.onnxCode(), 2)
            .initializer("depth", Tensor.ofLongs(Shape.of(0)))
            .initializer("values", Tensor.ofFloats(Shape.of(2), 0, 1))
            .node("OneHot", "x depth values -> y")
            .output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.OPERATOR_INVALID);
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 0, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void scalesAreAboveZero(float scale) {
    TestModel model =
        new TestModel(17)
            .input("x", 1, 1, 2, 2)
            .initializer("roi", Tensor.ofFloats(Shape.of(0)))
            .initializer("scales", Tensor.ofFloats(Shape.of(4), 1, 1, scale, 1))
            .node("Resize", "x roi scales -> y", TestModel.attribute("mode", "nearest"))
            .output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.OPERATOR_INVALID);
  }

  @Test
  void millionsOfScalesAreNotLookedAt() {
    TestModel model =
        new TestModel(8)
            .input("x", 1, 1, 2, 2)
            .initializer("scales", Tensor.ofFloats(Shape.of(1_000_000), new float[1_000_000]))
            .node("Upsample", "x scales -> y")
            .output("y");
    TestModel axes =
        new TestModel(18)
            .input("x", 2, 2)
            .initializer("axes", Tensor.ofLongs(Shape.of(1_000_000), new long[1_000_000]))
            .node("ReduceSum", "x axes -> y")
            .output("y");
    assertThat(problem(model).allowed()).isEqualTo("one per axis");
    assertThat(problem(axes).allowed()).isEqualTo("at most 50000 numbers");
  }

  @Test
  void aRangeHasOneStart() {
    TestModel model =
        new TestModel(17)
            .initializer("start", Tensor.ofLongs(Shape.of(0)))
            .initializer("limit", Tensor.ofLongs(Shape.SCALAR, 4))
            .initializer("delta", Tensor.ofLongs(Shape.SCALAR, 1))
            .node("Range", "start limit delta -> y")
            .output("y");
    assertThat(problem(model).code()).isEqualTo(ErrorCode.OPERATOR_INVALID);
  }
}
