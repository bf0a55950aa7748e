package io.edgewright.compiler.onnx.operators;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.OperandException;
import io.edgewright.compiler.graph.TensorLimit;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A TensorProto as a [Tensor]: elements stand in `raw_data` or in the one field that belongs to
/// their type, and there must be exactly as many as the shape says.
public final class TensorDecoder {
  /// Numbers of `TensorProto.DataType` that no tensor here has, by name, for messages.
  private static final Map<Integer, String> OTHER_TYPES =
      Map.ofEntries(
          Map.entry(0, "undefined"),
          Map.entry(8, "string"),
          Map.entry(14, "complex64"),
          Map.entry(15, "complex128"),
          Map.entry(16, "bfloat16"),
          Map.entry(17, "float8e4m3fn"),
          Map.entry(18, "float8e4m3fnuz"),
          Map.entry(19, "float8e5m2"),
          Map.entry(20, "float8e5m2fnuz"),
          Map.entry(21, "uint4"),
          Map.entry(22, "int4"),
          Map.entry(23, "float4e2m1"),
          Map.entry(24, "float8e8m0"),
          Map.entry(25, "uint2"),
          Map.entry(26, "int2"));

  private final TensorProto proto;
  private final Location where;

  private TensorDecoder(TensorProto proto, Location where) {
    this.proto = proto;
    this.where = where;
  }

  /// @throws CompileException when the tensor is not whole, or of a type or size not supported
  public static Tensor decode(TensorProto proto, Location where) {
    return new TensorDecoder(proto, where).decode();
  }

  /// The element type with a number of `TensorProto.DataType`.
  ///
  /// @throws CompileException when there is none
  public static ElementType elementType(int onnxCode, Location where) {
    return Arrays.stream(ElementType.values())
        .filter(type -> type.onnxCode() == onnxCode)
        .findFirst()
        .orElseThrow(() ->
            new CompileException(
                ErrorCode.TYPE_UNSUPPORTED,
                where,
                "element type " + OTHER_TYPES.getOrDefault(onnxCode, "with the number " + onnxCode),
                Arrays.stream(ElementType.values())
                    .map(ElementType::text)
                    .collect(Collectors.joining(", ")),
                "convert the model to one of these types before the export"));
  }

  private Tensor decode() {
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL
        || proto.getExternalDataCount() > 0) {
      throw external();
    }
    if (proto.hasSegment()) {
      throw invalid("a tensor in segments", "a whole tensor", "store the tensor in one piece");
    }
    ElementType element = elementType(proto.getDataType(), where);
    TensorType type = new TensorType(element, shape());
    try {
      TensorLimit.check(type);
    } catch (OperandException e) {
      throw e.at(where);
    }
    return proto.hasRawData() ? raw(type) : typed(type);
  }

  private Shape shape() {
    for (long extent : proto.getDimsList()) {
      if (extent < 0) {
        throw invalid(
            "dimensions " + proto.getDimsList(), "extents of 0 or more", "export the model again");
      }
    }
    return Shape.of(proto.getDimsList().stream().mapToLong(Long::longValue).toArray());
  }

  private CompileException external() {
    String file =
        proto.getExternalDataList().stream()
            .filter(entry -> entry.getKey().equals("location"))
            .map(StringStringEntryProto::getValue)
            .findFirst()
            .orElse("");
    return new CompileException(
        ErrorCode.EXTERNAL_DATA,
        where,
        "weights in another file, `" + file + "`",
        "weights inside the model",
        "save the model as one file: onnx.save(onnx.load(\"model.onnx\"), \"whole.onnx\")");
  }

  private Tensor raw(TensorType type) {
    ByteString data = proto.getRawData();
    if (typedCount() > 0) {
      throw invalid(
          "values in raw_data and in a typed field", "one of them", "export the model again");
    }
    if (data.size() != type.bytes()) {
      throw invalid(
          data.size() + " bytes for " + type,
          type.bytes() + " bytes",
          "the file may be cut off; export the model again");
    }
    byte[] bytes = data.toByteArray();
    if (type.element() == ElementType.BOOL) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (bytes[i] == 0 ? 0 : 1);
      }
    }
    return new Tensor(type, bytes);
  }

  private int typedCount() {
    return proto.getFloatDataCount()
        + proto.getInt32DataCount()
        + proto.getInt64DataCount()
        + proto.getDoubleDataCount()
        + proto.getUint64DataCount()
        + proto.getStringDataCount();
  }

  private Tensor typed(TensorType type) {
    List<? extends Number> values =
        switch (type.element()) {
          case FLOAT32 -> proto.getFloatDataList();
          case FLOAT64 -> proto.getDoubleDataList();
          case INT64 -> proto.getInt64DataList();
          case UINT32, UINT64 -> proto.getUint64DataList();
          case INT8, UINT8, INT16, UINT16, INT32, BOOL, FLOAT16 -> proto.getInt32DataList();
        };
    if (values.size() != type.shape().elements() || typedCount() != values.size()) {
      throw invalid(
          values.size() + " values for " + type + ", " + typedCount() + " in all fields",
          type.shape().elements() + " values in the field of the type",
          "export the model again");
    }
    Shape shape = type.shape();
    return switch (type.element()) {
      case FLOAT32, FLOAT64 ->
          Tensor.ofDoubles(
              type.element(), shape, values.stream().mapToDouble(Number::doubleValue).toArray());
      case FLOAT16 -> {
        long[] bits = values.stream().mapToLong(Number::longValue).toArray();
        Tensor halves = Tensor.ofIntegers(ElementType.UINT16, shape, bits);
        byte[] bytes = new byte[halves.bytes().remaining()];
        halves.bytes().get(bytes);
        yield new Tensor(type, bytes);
      }
      case BOOL ->
          Tensor.ofIntegers(
              type.element(),
              shape,
              values.stream().mapToLong(value -> value.longValue() == 0 ? 0 : 1).toArray());
      case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 ->
          Tensor.ofIntegers(
              type.element(), shape, values.stream().mapToLong(Number::longValue).toArray());
    };
  }

  private CompileException invalid(String seen, String allowed, String hint) {
    return new CompileException(ErrorCode.INITIALIZER_INVALID, where, seen, allowed, hint);
  }
}
