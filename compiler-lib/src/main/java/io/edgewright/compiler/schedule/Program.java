package io.edgewright.compiler.schedule;

import io.edgewright.compiler.schedule.loops.LoopFunction;
import java.nio.ByteBuffer;
import java.util.List;

/// Everything that code generation needs: functions in order of execution, their memory, the
/// weights.
///
/// @param weights without the header that packaging adds; pointers count from its first byte
public record Program(List<LoopFunction> functions, MemoryPlan memory, ByteBuffer weights) {
  public Program {
    functions = List.copyOf(functions);
  }
}
