package io.edgewright.compiler.schedule;

import io.edgewright.compiler.target.Target;
import java.util.Set;

/// What the schedule must know of a processor.
///
/// @param floatLanes floats in one vector register, a power of two
/// @param vectorRegisters architectural vector registers
/// @param memoryOperands whether an operand is best broadcast from memory, alone or as a part of
///   the multiply-add; where not (AArch64), kernels load four neighbours at once and multiply by a
///   lane
/// @param byteDots whether one instruction adds four products of bytes to each lane
/// @param unsignedDots whether that takes the first factor's bytes without a sign (x86) or with one
///   (ARM)
/// @param multiplyAdds of floats that a core can begin in a cycle, at least one
/// @param cores tasks are cut so that this many threads have work
public record Machine(
    int floatLanes,
    int vectorRegisters,
    boolean memoryOperands,
    boolean byteDots,
    boolean unsignedDots,
    int multiplyAdds,
    int cores) {
  /// Processor features, in the names of Linux, for sums of byte products.
  private static final Set<String> BYTE_DOTS = Set.of("avx512_vnni", "asimddp");

  /// A processor without an instruction for bytes, that begins one operation a cycle.
  public Machine(int floatLanes, int vectorRegisters, boolean memoryOperands, int cores) {
    this(floatLanes, vectorRegisters, memoryOperands, false, memoryOperands, floatLanes, cores);
  }

  /// The processor of a target.
  public static Machine of(Target target) {
    int lanes = Math.max(1, target.lanes(Float.BYTES));
    double multiplyAdds = lanes * target.throughput().vectorOperationsPerCycle();
    return new Machine(
        lanes,
        target.vectorRegisters(),
        !target.architecture().equals("aarch64"),
        target.features().stream().anyMatch(BYTE_DOTS::contains),
        target.architecture().equals("x86_64"),
        Math.max(1, (int) multiplyAdds),
        target.cores());
  }
}
