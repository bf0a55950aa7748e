package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.tensor.ElementType;
import java.util.List;
import org.junit.jupiter.api.Test;

class PadLoweringTest {
  @Test
  void matchesTheReferenceInEveryMode() {
    LoweringCases cases = new LoweringCases();
    for (Op.PadMode mode : Op.PadMode.values()) {
      Op all = new Op.Pad(mode, List.of(0L, 2L, 1L, 3L), List.of(0L, 1L, 4L, 2L), 1.5);
      cases.add(all, cases.floats(2, 5, 7, 19));
      cases.add(all, cases.random(ElementType.INT64, 1, 3, 5, 4));
      cases.add(new Op.Pad(mode, List.of(0L), List.of(4L), -3), cases.floats(5));
    }
    cases.add(new Op.Pad(Op.PadMode.WRAP, List.of(11L), List.of(9L), 0), cases.floats(4));
    cases.add(new Op.Pad(Op.PadMode.EDGE, List.of(3L, 0L), List.of(0L, 5L), 0), cases.floats(1, 1));
    cases.matchTheReference("x86-64-v3", 0);
  }
}
