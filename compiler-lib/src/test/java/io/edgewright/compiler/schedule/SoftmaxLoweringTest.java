package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.tensor.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxLoweringTest {
  @ParameterizedTest
  @ValueSource(strings = {"x86-64-v3", "x86-64-v4"})
  void matchesTheReferenceAlongEveryAxis(String target) {
    LoweringCases cases = new LoweringCases();
    for (boolean logarithm : new boolean[] {false, true}) {
      for (int axis = 0; axis < 3; axis++) {
        cases.add(new Op.Softmax(axis, logarithm), cases.floats(3, 37, 67));
        cases.add(new Op.Softmax(axis, logarithm), cases.floats(1, 1, 1001));
      }
      cases.add(new Op.Softmax(0, logarithm), cases.floats(10));
    }
    cases.matchTheReference(target, 1e-5);
  }

  @Test
  void matchesTheReferenceForHalves() {
    LoweringCases cases = new LoweringCases();
    cases.add(new Op.Softmax(1, false), cases.random(ElementType.FLOAT16, 3, 7, 2));
    cases.add(new Op.Softmax(1, true), cases.random(ElementType.FLOAT16, 3, 7, 2));
    cases.matchTheReference("x86-64-v3", 2e-3);
  }
}
