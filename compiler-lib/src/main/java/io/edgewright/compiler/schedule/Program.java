package io.edgewright.compiler.schedule;

import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.LoopFunction;
import java.nio.ByteBuffer;
import java.util.List;

/// Everything that code generation needs: steps in order of execution, their memory, the weights.
///
/// @param numbers names of the numbers that a call knows only when it runs
/// @param weights without the header that packaging adds; pointers count from its first byte
/// @param tables large parts of the weights, of which a call reads some rows
public record Program(
    List<Step> steps,
    MemoryPlan memory,
    List<String> numbers,
    ByteBuffer weights,
    List<Buffer> tables) {
  public Program {
    numbers = List.copyOf(numbers);
    steps = List.copyOf(steps);
    tables = List.copyOf(tables);
  }

  /// The kernels of all steps, those inside of branches and loops too, in their order in the text.
  /// [MemoryPlan] counts time in them.
  public List<LoopFunction> functions() {
    return steps.stream().flatMap(Step::functions).toList();
  }
}
