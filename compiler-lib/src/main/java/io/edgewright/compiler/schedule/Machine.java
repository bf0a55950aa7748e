package io.edgewright.compiler.schedule;

import io.edgewright.compiler.target.Target;

/// What the schedule must know of a processor.
///
/// @param floatLanes floats in one vector register, a power of two
/// @param vectorRegisters architectural vector registers
/// @param memoryOperands whether an operand is best broadcast from memory, alone or as a part of
///   the multiply-add; where not (AArch64), kernels load four neighbours at once and multiply by a
///   lane
/// @param cores tasks are cut so that this many threads have work
public record Machine(int floatLanes, int vectorRegisters, boolean memoryOperands, int cores) {
  /// The processor of a target.
  public static Machine of(Target target) {
    return new Machine(
        Math.max(1, target.lanes(Float.BYTES)),
        target.vectorRegisters(),
        !target.architecture().equals("aarch64"),
        target.cores());
  }
}
