package io.edgewright.compiler.schedule.loops;

/// A piece of memory. Two views on one buffer may overlap; two buffers in the arena may share bytes
/// when their lifetimes do not meet.
///
/// @param id distinguishes buffers; numbers follow the order of creation
/// @param slot which input or output of the program, 0 elsewhere
/// @param bytes for weights the offset is fixed at creation and kept in `slot`
public record Buffer(int id, Space space, int slot, long bytes) {
  /// Where a buffer lives.
  public enum Space {
    /// Scratch memory of one call; offsets are planned after everything is scheduled.
    ARENA,
    /// Constants, mapped read-only; `slot` is the byte offset.
    WEIGHTS,
    /// Memory of the caller, in.
    INPUT,
    /// Memory of the caller, out.
    OUTPUT
  }
}
