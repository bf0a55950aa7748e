package io.edgewright.compiler.tensor;

/// What one element of a tensor is. `onnxCode` is the number of `TensorProto.DataType` in the ONNX
/// schema; it is also what the C interface tells its callers.
public enum ElementType {
  FLOAT32("float32", 1, 4, Kind.FLOAT),
  UINT8("uint8", 2, 1, Kind.UNSIGNED),
  INT8("int8", 3, 1, Kind.SIGNED),
  UINT16("uint16", 4, 2, Kind.UNSIGNED),
  INT16("int16", 5, 2, Kind.SIGNED),
  INT32("int32", 6, 4, Kind.SIGNED),
  INT64("int64", 7, 8, Kind.SIGNED),
  BOOL("bool", 9, 1, Kind.BOOLEAN),
  FLOAT16("float16", 10, 2, Kind.FLOAT),
  FLOAT64("float64", 11, 8, Kind.FLOAT),
  UINT32("uint32", 12, 4, Kind.UNSIGNED),
  UINT64("uint64", 13, 8, Kind.UNSIGNED);

  /// Families that share arithmetic rules.
  public enum Kind {
    FLOAT,
    SIGNED,
    UNSIGNED,
    BOOLEAN
  }

  private final String text;
  private final int onnxCode;
  private final int bytes;
  private final Kind kind;

  ElementType(String text, int onnxCode, int bytes, Kind kind) {
    this.text = text;
    this.onnxCode = onnxCode;
    this.bytes = bytes;
    this.kind = kind;
  }

  /// Name in manifests, bundles and messages, which is also numpy's name.
  public String text() {
    return text;
  }

  public int onnxCode() {
    return onnxCode;
  }

  public int bytes() {
    return bytes;
  }

  public Kind kind() {
    return kind;
  }

  public boolean isFloat() {
    return kind == Kind.FLOAT;
  }

  public boolean isByte() {
    return bytes == 1 && isInteger();
  }

  /// The type of a sum of products: bytes add up to 32 bits, everything else to its own type.
  public ElementType sum() {
    return isByte() ? INT32 : this;
  }

  public boolean isInteger() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
  }
}
