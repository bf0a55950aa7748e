package io.edgewright.compiler.schedule;

import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/// Collects the constants in the order in which kernels read them. Offsets count from the end of
/// the header that packaging puts in front.
public final class WeightsBuilder {
  private static final int ALIGNMENT = 64;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Map<Tensor, Buffer> placed = new HashMap<>();
  private int nextId = -1;

  /// A constant as it is; the same constant is stored once.
  public Buffer add(Tensor tensor) {
    return placed.computeIfAbsent(
        tensor,
        constant -> {
          byte[] copy = new byte[constant.bytes().remaining()];
          constant.bytes().get(copy);
          return add(copy);
        });
  }

  /// Floats in the order that a kernel wants.
  public Buffer add(float[] packed) {
    ByteBuffer buffer =
        ByteBuffer.wrap(new byte[packed.length * Float.BYTES]).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(packed);
    byte[] content = new byte[buffer.remaining()];
    buffer.get(content);
    return add(content);
  }

  /// Words in the order that a kernel wants.
  public Buffer add(int[] packed) {
    byte[] content = new byte[packed.length * Integer.BYTES];
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(packed);
    return add(content);
  }

  private Buffer add(byte[] content) {
    int offset = bytes.size();
    bytes.writeBytes(content);
    int padding = Math.floorMod(-bytes.size(), ALIGNMENT);
    bytes.writeBytes(new byte[padding]);
    return new Buffer(nextId--, Buffer.Space.WEIGHTS, offset, content.length);
  }

  /// Everything so far, read-only.
  public ByteBuffer content() {
    return ByteBuffer.wrap(bytes.toByteArray()).asReadOnlyBuffer();
  }
}
