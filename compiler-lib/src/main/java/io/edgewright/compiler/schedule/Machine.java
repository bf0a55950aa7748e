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
/// @param cores tasks are cut so that this many threads have work
public record Machine(
    int floatLanes,
    int vectorRegisters,
    boolean memoryOperands,
    boolean byteDots,
    boolean unsignedDots,
    int cores) {
  /// Processor features, in the names of Linux, for sums of byte products.
  private static final Set<String> BYTE_DOTS = Set.of("avx512_vnni", "asimddp");

  /// A processor without an instruction for bytes.
  public Machine(int floatLanes, int vectorRegisters, boolean memoryOperands, int cores) {
    this(floatLanes, vectorRegisters, memoryOperands, false, memoryOperands, cores);
  }

  /// The processor of a target.
  public static Machine of(Target target) {
    return new Machine(
        Math.max(1, target.lanes(Float.BYTES)),
        target.vectorRegisters(),
        !target.architecture().equals("aarch64"),
        target.features().stream().anyMatch(BYTE_DOTS::contains),
        target.architecture().equals("x86_64"),
        target.cores());
  }
}
