package io.edgewright.compiler.reference;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// What ONNX Runtime says of one operator: a judge that nobody here wrote.
final class OnnxRuntimeJudge implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("judge");
  private final NodeProto.Builder node = NodeProto.newBuilder().addOutput("y");

  private OnnxRuntimeJudge(String operator) {
    node.setOpType(operator);
  }

  /// Resize, linear, half_pixel: `x` [1, channels, height, width] to another height and width.
  static float[] resize(float[] x, long[] shape, long height, long width) {
    try (OnnxRuntimeJudge judge = new OnnxRuntimeJudge("Resize")) {
      judge.attribute("mode", "linear");
      judge.attribute("coordinate_transformation_mode", "half_pixel");
      judge.input("x", x, shape);
      judge.node.addInput("").addInput("");
      judge.input("sizes", new long[] {1, shape[1], height, width}, 4);
      return judge.run(DataType.FLOAT, y -> y.getFloatBuffer().array());
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /// NonMaxSuppression without a limit: rows of batch, class and box. `boxes` [1, count, 4],
  /// `scores` [1, classes, count].
  static long[] suppress(float[] boxes, float[] scores, float iou, float threshold) {
    long count = boxes.length / 4;
    try (OnnxRuntimeJudge judge = new OnnxRuntimeJudge("NonMaxSuppression")) {
      judge.input("boxes", boxes, 1, count, 4);
      judge.input("scores", scores, 1, scores.length / count, count);
      judge.input("most", new long[] {count}, 1);
      judge.input("iou", new float[] {iou}, 1);
      judge.input("threshold", new float[] {threshold}, 1);
      return judge.run(DataType.INT64, y -> y.getLongBuffer().array());
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private void attribute(String name, String text) {
    node.addAttribute(
        AttributeProto.newBuilder()
            .setName(name)
            .setType(AttributeProto.AttributeType.STRING)
            .setS(ByteString.copyFromUtf8(text)));
  }

  private void input(String name, float[] values, long... shape) throws OrtException {
    declare(name, DataType.FLOAT);
    inputs.put(name, OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
  }

  private void input(String name, long[] values, long... shape) throws OrtException {
    declare(name, DataType.INT64);
    inputs.put(name, OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape));
  }

  private void declare(String name, DataType type) {
    node.addInput(name);
    graph.addInput(info(name, type));
  }

  private static ValueInfoProto info(String name, DataType type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.getNumber())))
        .build();
  }

  private <T> T run(DataType output, Function<OnnxTensor, T> read) throws OrtException {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(7)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
            .setGraph(graph.addNode(node).addOutput(info("y", output)))
            .build();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(model.toByteArray(), options);
          OrtSession.Result result = session.run(inputs)) {
        return read.apply((OnnxTensor) result.get(0));
      }
    }
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
  }
}
