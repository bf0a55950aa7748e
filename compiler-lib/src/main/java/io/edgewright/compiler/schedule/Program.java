package io.edgewright.compiler.schedule;

import io.edgewright.compiler.schedule.loops.LoopFunction;
import java.nio.ByteBuffer;
import java.util.List;

/// Everything that code generation needs: steps in order of execution, their memory, the weights.
///
/// @param weights without the header that packaging adds; pointers count from its first byte
public record Program(List<Step> steps, MemoryPlan memory, ByteBuffer weights) {
  public Program {
    steps = List.copyOf(steps);
  }

  /// The kernels of all steps, those inside of branches and loops too, in their order in the text.
  /// [MemoryPlan] counts time in them.
  public List<LoopFunction> functions() {
    return steps.stream().flatMap(Step::functions).toList();
  }
}
