package io.edgewright.compiler.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeRulesTest {
  @Test
  void convolutionFollowsStridesAndPads() {
    Window window =
        new Window(List.of(3, 3), List.of(2, 2), List.of(1, 1), List.of(0, 0), List.of(1, 1));
    Op op = new Op.Convolution(window, 1, Expression.identity());
    assertThat(infer(op, floats(1, 3, 224, 224), floats(32, 3, 3, 3), floats(32)))
        .isEqualTo(floats(1, 32, 112, 112));
  }

  @Test
  void convolutionRefusesWeightsOfOtherSizeThanTheKernel() {
    Window window =
        new Window(List.of(3, 3), List.of(1, 1), List.of(1, 1), List.of(0, 0), List.of(0, 0));
    Op op = new Op.Convolution(window, 1, Expression.identity());
    assertThat(problem(op, floats(1, 1, 9, 9), floats(1, 1, 5, 5), floats(1)).seen())
        .isEqualTo("kernel [3, 3] and weights [1, 1, 5, 5]");
  }

  @Test
  void convolutionRefusesAKernelLargerThanTheInput() {
    Window window =
        new Window(List.of(7, 7), List.of(1, 1), List.of(1, 1), List.of(0, 0), List.of(0, 0));
    Op op = new Op.Convolution(window, 1, Expression.identity());
    assertThat(problem(op, floats(1, 1, 3, 3), floats(1, 1, 7, 7), floats(1)).seen())
        .isEqualTo("kernel [7, 7] over input [1, 1, 3, 3]");
  }

  @Test
  void bytesAddUpToThirtyTwoBits() {
    Op op = new Op.MatrixMultiply(Expression.identity());
    TensorType left = floats(2, 3).withElement(ElementType.UINT8);
    TensorType right = floats(3, 4).withElement(ElementType.INT8);
    assertThat(infer(op, left, right)).isEqualTo(floats(2, 4).withElement(ElementType.INT32));
    assertThat(problem(op, left, floats(3, 4)).code()).isEqualTo(ErrorCode.SHAPE_MISMATCH);
  }

  @Test
  void matrixProductBroadcastsLeadingAxes() {
    Op op = new Op.MatrixMultiply(Expression.identity());
    assertThat(infer(op, floats(5, 1, 2, 3), floats(4, 3, 7))).isEqualTo(floats(5, 4, 2, 7));
    assertThat(problem(op, floats(2, 3), floats(4, 5)).seen()).isEqualTo("[2, 3] x [4, 5]");
  }

  @Test
  void mapBroadcastsAndChecksTypes() {
    Op add = map(ScalarFunction.ADD);
    assertThat(infer(add, floats(2, 1), floats(3))).isEqualTo(floats(2, 3));
    assertThat(infer(map(ScalarFunction.LESS), floats(2), floats(1)).element())
        .isEqualTo(ElementType.BOOL);
    TensorType whole = floats(3).withElement(ElementType.INT64);
    assertThat(problem(add, floats(3), whole).seen()).isEqualTo("ADD of [FLOAT32, INT64]");
    assertThat(problem(add, floats(3), floats(4)).code()).isEqualTo(ErrorCode.SHAPE_MISMATCH);
  }

  @Test
  void refusesTensorsOverTheLimitWithTheSizeTheyNeed() {
    Problem problem = problem(new Op.Expand(Shape.of(100_000_000_000L)), floats(1));
    assertThat(problem.code()).isEqualTo(ErrorCode.TENSOR_TOO_LARGE);
    assertThat(problem.seen()).contains("needs 381,470 MiB");
  }

  @Test
  void refusesSizesThatDoNotFitAnInteger() {
    long huge = 1L << 62;
    assertThat(problem(new Op.Expand(Shape.of(huge, huge)), floats(1)).code())
        .isEqualTo(ErrorCode.TENSOR_TOO_LARGE);
    List<Long> amount = List.of(Long.MAX_VALUE);
    Op pad = new Op.Pad(Op.PadMode.CONSTANT, amount, amount, 0);
    assertThat(problem(pad, floats(1)).code()).isEqualTo(ErrorCode.TENSOR_TOO_LARGE);
  }

  @Test
  void refusesRanksOverTheLimit() {
    assertThat(problem(new Op.Reshape(Shape.of(1, 1, 1, 1, 1, 1, 1, 1, 1)), floats(1)).code())
        .isEqualTo(ErrorCode.RANK_TOO_HIGH);
  }

  @Test
  void sliceStaysInsideTheInput() {
    Op backwards = new Op.Slice(List.of(3L), Shape.of(2), List.of(-2L));
    assertThat(infer(backwards, floats(4))).isEqualTo(floats(2));
    Op outside = new Op.Slice(List.of(3L), Shape.of(2), List.of(1L));
    assertThat(problem(outside, floats(4)).allowed()).isEqualTo("elements inside the input");
    Op none = new Op.Slice(List.of(0L), Shape.of(0), List.of(1L));
    assertThat(infer(none, floats(4))).isEqualTo(floats(0));
  }

  private static Op map(ScalarFunction function) {
    return new Op.Map(Expression.apply(function, new Expression.Input(0), new Expression.Input(1)));
  }

  private static TensorType floats(long... extents) {
    return new TensorType(ElementType.FLOAT32, Shape.of(extents));
  }

  private static TensorType infer(Op op, TensorType... inputs) {
    List<TensorType> outputs = ShapeRules.infer(op, Arrays.asList(inputs));
    assertThat(outputs).hasSize(1);
    return outputs.getFirst();
  }

  private static Problem problem(Op op, TensorType... inputs) {
    OperandException thrown =
        catchThrowableOfType(
            OperandException.class, () -> ShapeRules.infer(op, Arrays.asList(inputs)));
    return thrown.at(Location.MODEL).problems().getFirst();
  }
}
