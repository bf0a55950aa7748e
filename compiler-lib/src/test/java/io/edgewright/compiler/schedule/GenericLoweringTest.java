package io.edgewright.compiler.schedule;

import static io.edgewright.compiler.graph.ScalarFunction.ADD;
import static io.edgewright.compiler.graph.ScalarFunction.MAXIMUM;

import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.tensor.ElementType;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The loops for convolutions, pools and products that no fast kernel takes.
@Tag("slow")
class GenericLoweringTest {
  private static final Expression PLAIN = Expression.identity();

  /// max(sum + extra, 0)
  private static final Expression EXTRA =
      Expression.apply(
          MAXIMUM,
          Expression.apply(ADD, new Expression.Input(0), new Expression.Input(1)),
          Expression.constant(ElementType.FLOAT32, 0));

  @ParameterizedTest
  @ValueSource(strings = {"x86-64-v3", "x86-64-v4"})
  void convolvesWithWeightsMadeAtRunTime(String target) {
    LoweringCases cases = new LoweringCases();
    cases.add(
        new Op.Convolution(window(2, 3, 2, 1, 1), 1, PLAIN),
        cases.floats(2, 3, 9, 8),
        cases.floats(37, 3, 3, 3),
        cases.floats(37));
    cases.add(
        new Op.Convolution(window(2, 3, 1, 2, 2), 3, EXTRA),
        cases.floats(1, 6, 7, 5),
        cases.floats(9, 2, 3, 3),
        cases.floats(9),
        cases.floats(9, 1, 1));
    cases.add(
        new Op.Convolution(window(1, 4, 3, 1, 2), 1, EXTRA),
        cases.floats(2, 5, 17),
        cases.floats(70, 5, 4),
        cases.floats(70),
        cases.floats(2, 70, 6));
    cases.matchTheReference(target, 1e-5);
  }

  @Test
  void convolvesOverThreeAxes() {
    LoweringCases cases = new LoweringCases();
    for (int groups : new int[] {1, 2}) {
      cases.addWithConstants(
          new Op.Convolution(window(3, 3, 1, 1, 1), groups, PLAIN),
          cases.floats(1, 4, 5, 4, 6),
          cases.floats(38, 4 / groups, 3, 3, 3),
          cases.floats(38));
    }
    cases.addWithConstants(
        new Op.Convolution(window(3, 2, 2, 1, 0), 1, PLAIN),
        cases.floats(1, 1, 4, 4, 4),
        cases.floats(1, 1, 2, 2, 2),
        cases.floats(1));
    cases.matchTheReference("x86-64-v3", 1e-5);
  }

  @Test
  void convolvesOtherTypes() {
    LoweringCases cases = new LoweringCases();
    for (ElementType type : List.of(ElementType.FLOAT64, ElementType.FLOAT16, ElementType.INT32)) {
      cases.addWithConstants(
          new Op.Convolution(window(2, 3, 1, 1, 1), 1, PLAIN),
          cases.random(type, 1, 2, 5, 4),
          cases.random(type, 3, 2, 3, 3),
          cases.random(type, 3));
    }
    cases.matchTheReference("x86-64-v3", 2e-3);
  }

  /// With what stands outside of the picture, and signs that differ.
  @Test
  void convolvesBytesIntoExactSums() {
    LoweringCases cases = new LoweringCases();
    for (ElementType type : List.of(ElementType.UINT8, ElementType.INT8)) {
      cases.addWithConstants(
          new Op.Convolution(window(2, 3, 2, 1, 1), 1, 7, PLAIN),
          cases.random(type, 1, 5, 7, 6),
          cases.random(ElementType.INT8, 3, 5, 3, 3),
          cases.random(ElementType.INT32, 3));
      cases.add(
          new Op.MatrixMultiply(PLAIN),
          cases.random(type, 2, 5, 3),
          cases.random(ElementType.INT8, 3, 4));
    }
    cases.matchTheReference("x86-64-v3", 0);
  }

  @Test
  void poolsAnythingOverAnyAxes() {
    LoweringCases cases = new LoweringCases();
    for (Op.PoolKind kind : Op.PoolKind.values()) {
      cases.add(new Op.Pool(kind, window(3, 2, 2, 1, 1)), cases.floats(1, 19, 4, 5, 6));
      cases.add(new Op.Pool(kind, window(3, 3, 1, 2, 1)), cases.floats(2, 3, 6, 5, 7));
      cases.add(
          new Op.Pool(kind, window(2, 3, 2, 1, 1)), cases.random(ElementType.FLOAT64, 1, 3, 5, 4));
    }
    Op pool = new Op.Pool(Op.PoolKind.MAXIMUM, window(1, 3, 2, 1, 1));
    cases.add(pool, cases.random(ElementType.UINT8, 1, 3, 9));
    cases.add(pool, cases.random(ElementType.INT8, 1, 3, 9));
    cases.matchTheReference("x86-64-v3", 1e-5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86-64-v3", "x86-64-v4"})
  void multipliesMatricesMadeAtRunTime(String target) {
    LoweringCases cases = new LoweringCases();
    Op product = new Op.MatrixMultiply(PLAIN);
    cases.add(product, cases.floats(13, 7), cases.floats(7, 41));
    cases.add(product, cases.floats(2, 3, 9, 17), cases.floats(2, 3, 17, 67));
    cases.add(product, cases.floats(2, 1, 3, 37), cases.floats(3, 37, 5));
    cases.add(product, cases.floats(5, 1, 130), cases.floats(130, 1));
    cases.add(product, cases.floats(1, 33), cases.floats(33, 129));
    cases.addWithConstants(product, cases.floats(2, 4, 5), cases.floats(2, 5, 6));
    cases.add(
        new Op.MatrixMultiply(EXTRA),
        cases.floats(2, 5, 7),
        cases.floats(2, 7, 19),
        cases.floats(19));
    cases.add(
        new Op.MatrixMultiply(EXTRA),
        cases.floats(2, 5, 7),
        cases.floats(7, 35),
        cases.floats(2, 5, 1));
    cases.matchTheReference(target, 1e-5);
  }

  @Test
  void multipliesMatricesOfOtherTypes() {
    LoweringCases cases = new LoweringCases();
    Op product = new Op.MatrixMultiply(PLAIN);
    for (ElementType type : List.of(ElementType.FLOAT64, ElementType.FLOAT16, ElementType.INT32)) {
      cases.add(product, cases.random(type, 2, 5, 3), cases.random(type, 3, 4));
    }
    cases.matchTheReference("x86-64-v3", 2e-3);
  }

  private static Window window(int axes, int kernel, int stride, int dilation, int pad) {
    return new Window(
        Collections.nCopies(axes, kernel),
        Collections.nCopies(axes, stride),
        Collections.nCopies(axes, dilation),
        Collections.nCopies(axes, pad),
        Collections.nCopies(axes, pad));
  }
}
