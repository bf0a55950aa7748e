package io.edgewright.compiler.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A constant: a type with fixed shape and its elements, dense, row-major, little-endian (bool is
/// one byte, 0 or 1). Immutable by convention: nobody writes into the bytes of a finished tensor.
public final class Tensor {
  private final TensorType type;
  private final byte[] elements;
  private final ByteBuffer bytes;

  /// @throws IllegalArgumentException when the number of bytes is not shape x element size
  public Tensor(TensorType type, byte[] bytes) {
    if (type.bytes() != bytes.length) {
      throw new IllegalArgumentException(
          type + " takes " + type.bytes() + " bytes, got " + bytes.length);
    }
    this.type = type;
    this.elements = bytes;
    this.bytes = littleEndian(bytes);
  }

  public static Tensor ofFloats(Shape shape, float... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    littleEndian(bytes).asFloatBuffer().put(values);
    return new Tensor(new TensorType(ElementType.FLOAT32, shape), bytes);
  }

  public static Tensor ofLongs(Shape shape, long... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Long.BYTES)];
    littleEndian(bytes).asLongBuffer().put(values);
    return new Tensor(new TensorType(ElementType.INT64, shape), bytes);
  }

  /// Numbers rounded (float types) or converted (integers, exact within 53 bits) to `element`.
  public static Tensor ofDoubles(ElementType element, Shape shape, double... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, element.bytes())];
    ByteBuffer buffer = littleEndian(bytes);
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      switch (element) {
        case FLOAT32 -> buffer.putFloat(i * 4, (float) value);
        case FLOAT64 -> buffer.putDouble(i * 8, value);
        case FLOAT16 -> buffer.putShort(i * 2, Float.floatToFloat16((float) value));
        case UINT8, INT8 -> buffer.put(i, (byte) (long) value);
        case UINT16, INT16 -> buffer.putShort(i * 2, (short) (long) value);
        case INT32, UINT32 -> buffer.putInt(i * 4, (int) (long) value);
        case INT64, UINT64 -> buffer.putLong(i * 8, (long) value);
        case BOOL -> buffer.put(i, (byte) (value != 0 ? 1 : 0));
      }
    }
    return new Tensor(new TensorType(element, shape), bytes);
  }

  /// Integers or bools; of each number the low bits that `element` has room for.
  public static Tensor ofIntegers(ElementType element, Shape shape, long... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, element.bytes())];
    for (int i = 0; i < values.length; i++) {
      for (int part = 0; part < element.bytes(); part++) {
        bytes[i * element.bytes() + part] = (byte) (values[i] >> (8 * part));
      }
    }
    return new Tensor(new TensorType(element, shape), bytes);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  public TensorType type() {
    return type;
  }

  public Shape shape() {
    return type.shape();
  }

  public ElementType element() {
    return type.element();
  }

  /// Number of elements; a tensor in memory has fewer than 2^31.
  public int size() {
    return Math.toIntExact(shape().elements());
  }

  /// Element `index` in row-major order, as a double.
  public double getDouble(int index) {
    return switch (element()) {
      case FLOAT32 -> bytes.getFloat(index * 4);
      case FLOAT64 -> bytes.getDouble(index * 8);
      case FLOAT16 -> Float.float16ToFloat(bytes.getShort(index * 2));
      case UINT64 -> unsignedToDouble(bytes.getLong(index * 8));
      case UINT8, INT8, UINT16, INT16, INT32, UINT32, INT64, BOOL -> getLong(index);
    };
  }

  /// Element `index` in row-major order, as a long; floats are truncated toward zero.
  public long getLong(int index) {
    return switch (element()) {
      case FLOAT32, FLOAT64, FLOAT16 -> (long) getDouble(index);
      case UINT8 -> bytes.get(index) & 0xFF;
      case INT8, BOOL -> bytes.get(index);
      case UINT16 -> bytes.getShort(index * 2) & 0xFFFF;
      case INT16 -> bytes.getShort(index * 2);
      case INT32 -> bytes.getInt(index * 4);
      case UINT32 -> bytes.getInt(index * 4) & 0xFFFF_FFFFL;
      case INT64, UINT64 -> bytes.getLong(index * 8);
    };
  }

  private static double unsignedToDouble(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  public float[] toFloats() {
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) getDouble(i);
    }
    return values;
  }

  public long[] toLongs() {
    long[] values = new long[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = getLong(i);
    }
    return values;
  }

  public double[] toDoubles() {
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = getDouble(i);
    }
    return values;
  }

  /// The elements as bytes, read-only, little-endian.
  public ByteBuffer bytes() {
    return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The same elements under another shape with as many elements.
  public Tensor withShape(Shape shape) {
    return new Tensor(type.withShape(shape), elements);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && type.equals(that.type)
        && Arrays.equals(elements, that.elements);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(elements);
  }

  @Override
  public String toString() {
    return "Tensor " + type;
  }
}
