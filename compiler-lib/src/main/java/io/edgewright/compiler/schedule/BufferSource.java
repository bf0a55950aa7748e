package io.edgewright.compiler.schedule;

import io.edgewright.compiler.schedule.loops.Buffer;

/// Makes the buffers of one program, each with a number of its own.
public final class BufferSource {
  private int next;

  /// Scratch memory of one call.
  public Buffer arena(long bytes) {
    return make(Buffer.Space.ARENA, 0, bytes);
  }

  Buffer make(Buffer.Space space, int slot, long bytes) {
    return new Buffer(next++, space, slot, bytes);
  }
}
