package io.edgewright.compiler.schedule;

import static io.edgewright.compiler.graph.Expression.apply;
import static io.edgewright.compiler.graph.Expression.constant;
import static io.edgewright.compiler.graph.ScalarFunction.ADD;
import static io.edgewright.compiler.graph.ScalarFunction.MAXIMUM;
import static io.edgewright.compiler.graph.ScalarFunction.MINIMUM;
import static io.edgewright.compiler.graph.ScalarFunction.MULTIPLY;
import static io.edgewright.compiler.graph.ScalarFunction.ROUND;
import static io.edgewright.compiler.graph.ScalarFunction.SUBTRACT;
import static io.edgewright.compiler.tensor.ElementType.FLOAT32;
import static io.edgewright.compiler.tensor.ElementType.INT32;
import static io.edgewright.compiler.tensor.ElementType.INT8;
import static io.edgewright.compiler.tensor.ElementType.UINT8;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.tensor.ElementType;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Products of bytes, exact on every processor: with an instruction for them and without.
@Tag("slow")
class ByteLoweringTest {
  private static final Expression SUM = new Expression.Input(0);

  /// int8(min(max(round(float32(sum) * scale) + 3, -128), 127))
  private static final Expression ROUNDED =
      saturated(
          apply(
              ADD,
              apply(
                  ROUND,
                  apply(MULTIPLY, new Expression.Convert(FLOAT32, SUM), new Expression.Input(1))),
              constant(FLOAT32, 3)),
          INT8);

  private static Expression saturated(Expression value, ElementType type) {
    double least = type == INT8 ? -128 : 0;
    Expression bounded =
        apply(
            MINIMUM,
            apply(MAXIMUM, value, constant(FLOAT32, least)),
            constant(FLOAT32, least + 255));
    return new Expression.Convert(type, bounded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86-64-v2", "x86-64-v3", "x86-64-v4", "x86-64-v4-vnni"})
  void convolves(String target) {
    LoweringCases cases = new LoweringCases();
    for (ElementType type : List.of(UINT8, INT8)) {
      convolution(cases, type, window(3, 2, 1, 1), 1, 3, 21, -5);
      convolution(cases, type, window(3, 1, 2, 2), 1, 8, 37, 0);
      convolution(cases, type, window(2, 1, 1, 1), 2, 10, 6, 100);
      convolution(cases, type, window(1, 1, 1, 0), 1, 21, 1, 0);
      convolution(cases, type, window(3, 1, 1, 0), 1, 16, 16, 9);
    }
    cases.matchTheReference(target, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86-64-v2", "x86-64-v3", "x86-64-v4", "x86-64-v4-vnni"})
  void convolvesEachChannelAlone(String target) {
    LoweringCases cases = new LoweringCases();
    for (ElementType type : List.of(UINT8, INT8)) {
      convolution(cases, type, window(3, 1, 1, 1), 19, 19, 19, 0);
      convolution(cases, type, window(3, 2, 1, 1), 16, 16, 16, 77);
      convolution(cases, type, window(5, 1, 1, 2), 3, 3, 3, -1);
      convolution(cases, type, window(3, 1, 2, 2), 8, 8, 8, 5);
    }
    cases.matchTheReference(target, 0);
  }

  private static void convolution(
      LoweringCases cases,
      ElementType type,
      Window window,
      int groups,
      long inputs,
      long filters,
      int outside) {
    int kernel = window.kernel().getFirst();
    long counted = type == UINT8 ? Math.abs(outside) : outside;
    cases.addWithConstants(
        new Op.Convolution(window, groups, counted, ROUNDED),
        cases.bytes(type, 2, inputs, 8, 9),
        cases.bytes(INT8, filters, inputs / groups, kernel, kernel),
        cases.random(INT32, filters),
        cases.floats(filters, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86-64-v2", "x86-64-v3", "x86-64-v4", "x86-64-v4-vnni"})
  void multipliesMatrices(String target) {
    LoweringCases cases = new LoweringCases();
    for (ElementType type : List.of(UINT8, INT8)) {
      cases.addWithConstants(
          new Op.MatrixMultiply(Expression.identity()),
          cases.bytes(type, 2, 7, 33),
          cases.bytes(INT8, 33, 40));
      cases.addWithConstants(
          new Op.MatrixMultiply(ROUNDED),
          cases.bytes(type, 1, 130),
          cases.bytes(INT8, 130, 5),
          cases.floats(5));
    }
    cases.matchTheReference(target, 0);
  }

  /// (x - 7) * scale, and back to bytes.
  @ParameterizedTest
  @ValueSource(strings = {"x86-64-v2", "x86-64-v3", "x86-64-v4", "x86-64-v4-vnni"})
  void roundsElements(String target) {
    LoweringCases cases = new LoweringCases();
    for (ElementType type : List.of(UINT8, INT8)) {
      Expression difference =
          apply(SUBTRACT, new Expression.Convert(INT32, SUM), constant(INT32, 7));
      Expression real =
          apply(MULTIPLY, new Expression.Convert(FLOAT32, difference), new Expression.Input(1));
      cases.add(new Op.Map(real), cases.bytes(type, 3, 45), cases.floats(45));
      cases.add(
          new Op.Map(saturated(apply(ROUND, apply(MULTIPLY, real, real)), type)),
          cases.bytes(type, 3, 45),
          cases.floats(45));
    }
    cases.matchTheReference(target, 0);
  }

  private static Window window(int kernel, int stride, int dilation, int pad) {
    return new Window(
        List.of(kernel, kernel),
        List.of(stride, stride),
        List.of(dilation, dilation),
        List.of(pad, pad),
        List.of(pad, pad));
  }
}
