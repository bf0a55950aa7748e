package io.edgewright.compiler.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/// What ONNX Runtime, without its optimizations, makes of a small model with one input and one
/// output.
final class OnnxRuntimeModel {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private OnnxRuntimeModel() {}

  /// @param like type and shape of the result
  static Tensor run(byte[] model, String input, Tensor given, TensorType like) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      try (OrtSession session = ENVIRONMENT.createSession(model, options);
          OnnxTensor tensor = tensor(given);
          OrtSession.Result result = session.run(Map.of(input, tensor))) {
        return result(((OnnxTensor) result.get(0)).getByteBuffer(), like);
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OnnxTensor tensor(Tensor given) throws OrtException {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(given.bytes().remaining()).order(ByteOrder.nativeOrder());
    bytes.put(given.bytes()).flip();
    return OnnxTensor.createTensor(
        ENVIRONMENT, bytes, given.shape().extents(), javaType(given.element()));
  }

  private static OnnxJavaType javaType(ElementType element) {
    return OnnxJavaType.valueOf(element == ElementType.FLOAT32 ? "FLOAT" : element.name());
  }

  private static Tensor result(ByteBuffer buffer, TensorType like) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return new Tensor(like, bytes);
  }
}
