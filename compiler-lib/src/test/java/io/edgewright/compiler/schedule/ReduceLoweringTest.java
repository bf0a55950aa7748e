package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Op.ReduceKind;
import io.edgewright.compiler.tensor.ElementType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReduceLoweringTest {
  @ParameterizedTest
  @ValueSource(strings = {"x86-64-v3", "x86-64-v4"})
  void matchesTheReferenceForAllKindsAndAxes(String target) {
    LoweringCases cases = new LoweringCases();
    for (ReduceKind kind : ReduceKind.values()) {
      for (List<Integer> axes :
          List.of(
              List.of(0), List.of(1), List.of(2), List.of(0, 2), List.of(1, 2), List.of(0, 1, 2))) {
        cases.add(new Op.Reduce(kind, axes), cases.floats(3, 37, 5));
      }
      cases.add(new Op.Reduce(kind, List.of(2, 3)), cases.floats(1, 43, 7, 7));
      cases.add(new Op.Reduce(kind, List.of(1)), cases.floats(2, 301));
      cases.add(new Op.Reduce(kind, List.of(0)), cases.floats(1));
      cases.add(new Op.Reduce(kind, List.of(0)), cases.floats(131));
    }
    cases.matchTheReference(target, 1e-5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT32", "INT64", "UINT8", "INT8", "UINT64", "FLOAT64", "FLOAT16"})
  void matchesTheReferenceForOtherTypes(ElementType element) {
    LoweringCases cases = new LoweringCases();
    for (ReduceKind kind : ReduceKind.values()) {
      cases.add(new Op.Reduce(kind, List.of(1)), cases.random(element, 3, 7, 2));
    }
    cases.matchTheReference("x86-64-v3", element == ElementType.FLOAT16 ? 2e-3 : 1e-12);
  }
}
