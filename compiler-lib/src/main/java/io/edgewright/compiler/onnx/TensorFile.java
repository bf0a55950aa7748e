package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.onnx.operators.TensorDecoder;
import io.edgewright.compiler.tensor.Tensor;

/// A tensor in a file of its own, `input_0.pb`, as ONNX's tests store theirs.
public final class TensorFile {
  private TensorFile() {}

  /// @throws CompileException when the bytes are no whole tensor
  public static Tensor read(byte[] bytes, Location where) {
    try {
      return TensorDecoder.decode(TensorProto.parseFrom(bytes), where);
    } catch (InvalidProtocolBufferException broken) {
      throw new CompileException(
          ErrorCode.OPTION_INVALID,
          where,
          bytes.length + " bytes that are no TensorProto",
          "a tensor as onnx.numpy_helper.from_array(...).SerializeToString() writes it",
          "write the file again, or give an .npy file");
    }
  }
}
