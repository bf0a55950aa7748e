package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// ArgumentReduce and TopK.
class SearchLoweringTest {
  @ParameterizedTest
  @ValueSource(strings = {"x86-64-v3", "x86-64-v4"})
  void findsTheLargestAndSmallestAlongEveryAxis(String target) {
    LoweringCases cases = new LoweringCases();
    for (boolean largest : new boolean[] {false, true}) {
      for (boolean last : new boolean[] {false, true}) {
        for (int axis = 0; axis < 3; axis++) {
          Op op = new Op.ArgumentReduce(axis, largest, last);
          cases.add(op, cases.floats(3, 37, 5));
          cases.add(op, withTiesAndNaN(4, 5, 19));
        }
        Op op = new Op.ArgumentReduce(0, largest, last);
        cases.add(op, cases.floats(1));
        cases.add(op, cases.random(ElementType.UINT8, 7, 3));
        cases.add(op, cases.random(ElementType.INT64, 7, 3));
      }
    }
    cases.matchTheReference(target, 0);
  }

  @Test
  void sortsTheFirstFewAlongEveryAxis() {
    LoweringCases cases = new LoweringCases();
    for (boolean largest : new boolean[] {false, true}) {
      for (int axis = 0; axis < 3; axis++) {
        cases.add(new Op.TopK(axis, 3, largest), cases.floats(3, 37, 5));
        cases.add(new Op.TopK(axis, 4, largest), withTiesAndNaN(4, 5, 19));
      }
      for (ElementType element : ElementType.values()) {
        if (element != ElementType.BOOL) {
          cases.add(new Op.TopK(0, 5, largest), cases.random(element, 9));
        }
      }
    }
    cases.matchTheReference("x86-64-v3", 1e-12);
  }

  private static Tensor withTiesAndNaN(long... extents) {
    Shape shape = Shape.of(extents);
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 11 == 3 ? Float.NaN : i * 7 % 5 == 0 ? -0.0f : i * 7 % 3;
    }
    return Tensor.ofFloats(shape, values);
  }
}
