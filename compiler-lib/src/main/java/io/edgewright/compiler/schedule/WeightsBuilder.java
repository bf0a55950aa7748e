package io.edgewright.compiler.schedule;

import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Collects the constants in the order in which kernels read them; what is the same is stored once.
/// Offsets count from the end of the header that packaging puts in front.
public final class WeightsBuilder {
  private static final int ALIGNMENT = 64;

  private final Map<ByteBuffer, Buffer> placed = new LinkedHashMap<>();
  private final Set<Buffer> tables = new LinkedHashSet<>();
  private int nextId = -1;
  private int size;

  /// A constant as it is.
  public Buffer add(Tensor tensor) {
    return add(tensor.bytes());
  }

  /// A constant as it is, of which a call reads some rows.
  Buffer addTable(Tensor tensor) {
    Buffer known = placed.get(tensor.bytes());
    if (known != null) {
      return known;
    }
    Buffer table = add(tensor.bytes());
    tables.add(table);
    return table;
  }

  /// Floats in the order that a kernel wants.
  public Buffer add(float[] packed) {
    ByteBuffer content = allocate(packed.length * Float.BYTES);
    content.asFloatBuffer().put(packed);
    return add(content);
  }

  /// Words in the order that a kernel wants.
  public Buffer add(int[] packed) {
    ByteBuffer content = allocate(packed.length * Integer.BYTES);
    content.asIntBuffer().put(packed);
    return add(content);
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private Buffer add(ByteBuffer content) {
    Buffer known = placed.get(content);
    if (known != null) {
      tables.remove(known); // all of it is read now
      return known;
    }
    Buffer buffer = new Buffer(nextId--, Buffer.Space.WEIGHTS, size, content.remaining());
    placed.put(content, buffer);
    size += content.remaining() + Math.floorMod(-content.remaining(), ALIGNMENT);
    return buffer;
  }

  /// What only [#addTable] added, in the order of their places.
  List<Buffer> tables() {
    return List.copyOf(tables);
  }

  /// Everything so far, read-only.
  public ByteBuffer content() {
    ByteBuffer content = ByteBuffer.allocate(size);
    placed.forEach((part, buffer) -> content.put(buffer.slot(), part, 0, part.remaining()));
    return content.asReadOnlyBuffer();
  }
}
