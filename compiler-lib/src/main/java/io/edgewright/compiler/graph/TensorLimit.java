package io.edgewright.compiler.graph;

import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.math.BigInteger;
import java.util.Locale;

/// The largest tensor that a network may hold. It is checked where a shape is inferred, so that no
/// memory is asked for by a few bytes of model.
public final class TensorLimit {
  public static final int MAXIMUM_RANK = 8;
  public static final long MAXIMUM_BYTES = 512L << 20;

  private TensorLimit() {}

  /// @return the type itself
  /// @throws OperandException when a tensor of the type passes the limit; the size may exceed 63
  ///   bits
  public static TensorType check(TensorType type) {
    if (type.shape().rank() > MAXIMUM_RANK) {
      throw new OperandException(
          ErrorCode.RANK_TOO_HIGH,
          "a tensor " + type + " of rank " + type.shape().rank(),
          "rank " + MAXIMUM_RANK,
          "merge axes with Reshape before this place");
    }
    BigInteger bytes = bytes(type);
    if (bytes.compareTo(BigInteger.valueOf(MAXIMUM_BYTES)) > 0) {
      throw new OperandException(
          ErrorCode.TENSOR_TOO_LARGE,
          "a tensor " + type + " that needs " + mebibytes(bytes),
          "at most " + mebibytes(BigInteger.valueOf(MAXIMUM_BYTES)) + " for one tensor",
          "use a smaller input or batch, or check the number that makes the tensor this large");
    }
    return type;
  }

  private static BigInteger bytes(TensorType type) {
    Shape shape = type.shape();
    BigInteger bytes = BigInteger.valueOf(type.element().bytes());
    for (long extent : shape.atCapacity().extents()) {
      // An empty axis makes no other one free: strides are products too.
      bytes = bytes.multiply(BigInteger.valueOf(Math.max(extent, 1)));
    }
    return bytes;
  }

  private static String mebibytes(BigInteger bytes) {
    BigInteger unit = BigInteger.ONE.shiftLeft(20);
    BigInteger up = bytes.add(unit).subtract(BigInteger.ONE).divide(unit);
    return String.format(Locale.ROOT, "%,d MiB", up);
  }
}
