package io.edgewright.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.CompiledGraph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatherLoweringTest {
  @Test
  void matchesTheReferenceForConstantAndGivenIndices() {
    LoweringCases cases = new LoweringCases();
    Tensor matrix = Tensor.ofLongs(Shape.of(2, 3), 0, 2, -1, -3, 1, 1);
    Tensor narrow = Tensor.ofDoubles(ElementType.INT32, Shape.of(2), -2, 1);
    for (int axis = 0; axis < 3; axis++) {
      Op gather = new Op.Gather(axis);
      cases.add(gather, cases.floats(3, 4, 37), matrix);
      cases.addWithConstants(gather, cases.floats(3, 5, 7), narrow);
      cases.add(gather, cases.random(ElementType.UINT8, 3, 3, 70), narrow);
      cases.add(gather, cases.random(ElementType.INT64, 3, 3, 17), matrix);
    }
    cases.add(new Op.Gather(1), cases.floats(2, 3), Tensor.ofLongs(Shape.SCALAR, -1));
    cases.matchTheReference("x86-64-v3", 0);
  }

  @Test
  void readsNothingOutsideTheAxis() {
    GraphBuilder builder = new GraphBuilder();
    Tensor data = Tensor.ofFloats(Shape.of(3), 1, 2, 3);
    Tensor wild = Tensor.ofLongs(Shape.of(4), Long.MAX_VALUE, Long.MIN_VALUE, 3, -4);
    builder.output(
        "y",
        builder.add(
            "gather",
            new Op.Gather(0),
            builder.input("data", data.type()),
            builder.input("indices", wild.type())));
    try (CompiledGraph compiled = CompiledGraph.of(builder.build(), "x86-64-v3")) {
      Tensor result = compiled.run(List.of(data, wild)).getFirst();
      assertThat(result.toFloats()).containsExactly(3, 1, 3, 1);
    }
  }
}
