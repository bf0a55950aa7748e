package io.edgewright.compiler.bundle;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Values in the order of their ports, as the runner reads and writes them: a picture after its
/// header, a tensor as its bytes, before them its shape where only the call knows it.
final class FrameBytes {
  private FrameBytes() {}

  /// @throws IllegalArgumentException when a value does not fit its port
  static byte[] of(List<Port> ports, List<Tensor> values) {
    if (ports.size() != values.size()) {
      throw new IllegalArgumentException(ports.size() + " ports, " + values.size() + " values");
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (int i = 0; i < ports.size(); i++) {
      Port port = ports.get(i);
      Tensor value = values.get(i);
      if (value.element() != port.element()
          || value.shape().rank() != port.shape().rank()
          || value.type().bytes() > port.bytes()) {
        throw new IllegalArgumentException(value + " does not fit " + port);
      }
      frame.writeBytes(head(port, value));
      byte[] elements = new byte[value.bytes().remaining()];
      value.bytes().get(elements);
      frame.writeBytes(elements);
    }
    return frame.toByteArray();
  }

  /// The values that a program wrote.
  ///
  /// @throws IllegalArgumentException when they do not end where the bytes do
  static List<Tensor> read(List<Port> ports, byte[] frame) {
    ByteBuffer bytes = littleEndian(frame);
    List<Tensor> values = new ArrayList<>();
    for (Port port : ports) {
      long[] extents = new long[port.shape().rank()];
      for (int axis = 0; axis < extents.length; axis++) {
        extents[axis] = port.shape().isFixed() ? port.shape().extent(axis) : bytes.getLong();
      }
      TensorType type = new TensorType(port.element(), Shape.of(extents));
      byte[] elements = new byte[Math.toIntExact(type.bytes())];
      bytes.get(elements);
      values.add(new Tensor(type, elements));
    }
    if (bytes.hasRemaining()) {
      throw new IllegalArgumentException(bytes.remaining() + " bytes too many");
    }
    return values;
  }

  private static byte[] head(Port port, Tensor value) {
    return switch (port) {
      case Port.Image _ -> pictureHeader(value);
      case Port.Raw _, Port.Classes _, Port.Detections _ ->
          port.shape().isFixed() ? new byte[0] : shape(value);
    };
  }

  private static byte[] pictureHeader(Tensor picture) {
    byte[] header = new byte[16];
    littleEndian(header)
        .put("EWIM".getBytes(US_ASCII))
        .putInt((int) picture.shape().extent(1))
        .putInt((int) picture.shape().extent(0))
        .putInt((int) picture.shape().extent(2));
    return header;
  }

  private static byte[] shape(Tensor value) {
    byte[] shape = new byte[value.shape().rank() * Long.BYTES];
    littleEndian(shape).asLongBuffer().put(value.shape().extents());
    return shape;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
