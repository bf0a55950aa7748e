package io.edgewright.bench;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// One input of a model, with data.
///
/// @param type number of the element type in ONNX
/// @param bytes its elements as they lie in memory
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record BenchInput(String name, int type, List<Long> shape, byte[] bytes) {
  private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
  private static final long SEED = 1;

  /// @param data a file with one tensor; without it the input is made up
  /// @param dims gets the numbers that the data has for the input's named dimensions
  static BenchInput of(ValueInfoProto declared, Path data, Map<String, Long> dims)
      throws IOException, BenchException {
    if (!Files.exists(data)) {
      return madeUp(declared, dims);
    }
    TensorProto tensor = TensorProto.parseFrom(Files.readAllBytes(data));
    List<TensorShapeProto.Dimension> shape = shapeOf(declared);
    for (int axis = 0; axis < shape.size(); axis++) {
      if (!shape.get(axis).hasDimValue()) {
        dims.put(symbol(declared, axis), tensor.getDims(axis));
      }
    }
    return new BenchInput(
        declared.getName(), tensor.getDataType(), tensor.getDimsList(), content(tensor));
  }

  private static List<TensorShapeProto.Dimension> shapeOf(ValueInfoProto declared) {
    return declared.getType().getTensorType().getShape().getDimList();
  }

  /// A dimension without a name goes by its place, as the compiler calls it.
  private static String symbol(ValueInfoProto declared, int axis) {
    String name = shapeOf(declared).get(axis).getDimParam();
    return name.isEmpty() ? declared.getName() + "." + axis : name;
  }

  /// Floats from 0 to 1 by a fixed seed; named dimensions are 1.
  private static BenchInput madeUp(ValueInfoProto declared, Map<String, Long> dims)
      throws BenchException {
    int type = declared.getType().getTensorType().getElemType();
    if (type != FLOAT) {
      throw new BenchException(
          "input `%s` is not of floats and has no data: put it in test_data_set_0/input_I.pb"
              .formatted(declared.getName()));
    }
    List<Long> shape = new ArrayList<>();
    for (int axis = 0; axis < shapeOf(declared).size(); axis++) {
      TensorShapeProto.Dimension dimension = shapeOf(declared).get(axis);
      boolean stated = dimension.hasDimValue();
      shape.add(stated ? dimension.getDimValue() : extent(symbol(declared, axis), dims));
    }
    int elements = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    byte[] bytes = new byte[Float.BYTES * elements];
    ByteBuffer floats = littleEndian(bytes);
    Random random = new Random(SEED);
    while (floats.hasRemaining()) {
      floats.putFloat(random.nextFloat());
    }
    return new BenchInput(declared.getName(), type, shape, bytes);
  }

  /// What another input had for the dimension, or 1.
  private static long extent(String symbol, Map<String, Long> dims) {
    long known = dims.getOrDefault(symbol, 1L);
    dims.put(symbol, known);
    return known;
  }

  /// A file has elements as bytes, or as a list of numbers of its type.
  private static byte[] content(TensorProto tensor) throws BenchException {
    if (tensor.hasRawData()) {
      return tensor.getRawData().toByteArray();
    }
    if (tensor.getInt32DataCount() + tensor.getDoubleDataCount() > 0) {
      throw new BenchException("data of type " + tensor.getDataType() + " is not raw bytes");
    }
    byte[] bytes =
        new byte
            [Float.BYTES * tensor.getFloatDataCount() + Long.BYTES * tensor.getInt64DataCount()];
    ByteBuffer numbers = littleEndian(bytes);
    tensor.getFloatDataList().forEach(numbers::putFloat);
    tensor.getInt64DataList().forEach(numbers::putLong);
    return bytes;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
