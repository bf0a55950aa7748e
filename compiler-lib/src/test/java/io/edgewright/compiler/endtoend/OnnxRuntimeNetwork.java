package io.edgewright.compiler.endtoend;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A model whose network is run by ONNX Runtime, so that what stands around it is all that a test
/// looks at.
final class OnnxRuntimeNetwork {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final Path model;
  private final String input;
  private final Shape inputShape;

  OnnxRuntimeNetwork(Path model, String input, long... inputShape) {
    this.model = model;
    this.input = input;
    this.inputShape = Shape.of(inputShape);
  }

  /// Picture -> network's input by the manifest -> ONNX Runtime -> results by the manifest.
  List<Tensor> run(Manifest manifest, Tensor picture) {
    return decode(manifest, picture, network(pixels(manifest, picture)));
  }

  /// What the manifest makes of a network input that is there already.
  List<Tensor> runTensor(Manifest manifest, Tensor tensor, Tensor picture) {
    return decode(manifest, picture, network(tensor));
  }

  private Tensor pixels(Manifest manifest, Tensor picture) {
    GraphBuilder echo = new GraphBuilder(List.of("y"));
    var x = echo.input(input, new TensorType(ElementType.FLOAT32, inputShape));
    echo.output("y", echo.add("y", new Op.Map(Expression.identity()), x));
    Manifest raw =
        new Manifest(
            manifest.name(),
            manifest.targets(),
            Map.of(),
            manifest.inputs(),
            Manifest.raw("a").output(),
            manifest.budget(),
            manifest.run());
    return Interpreter.run(EndToEnd.wrap(echo.build(), raw).graph(), List.of(picture)).getFirst();
  }

  private List<Tensor> decode(Manifest manifest, Tensor picture, Map<String, Tensor> outputs) {
    StubNetwork stub = new StubNetwork(input, new TensorType(ElementType.FLOAT32, inputShape));
    outputs.forEach(stub::with);
    return stub.run(manifest, picture);
  }

  private Map<String, Tensor> network(Tensor tensor) {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    try (OrtSession session = session();
        OnnxTensor given =
            OnnxTensor.createTensor(
                ENVIRONMENT, FloatBuffer.wrap(tensor.toFloats()), inputShape.extents());
        OrtSession.Result result = session.run(Map.of(input, given))) {
      for (var output : result) {
        OnnxTensor value = (OnnxTensor) output.getValue();
        Shape shape = Shape.of(value.getInfo().getShape());
        outputs.put(output.getKey(), Tensor.ofFloats(shape, value.getFloatBuffer().array()));
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
    return outputs;
  }

  /// Quiet: one of the models makes hundreds of warnings.
  private OrtSession session() throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      return ENVIRONMENT.createSession(model.toString(), options);
    }
  }

  /// A TensorProto of floats, as test data has them.
  static Tensor proto(Path file) {
    try {
      TensorProto proto = TensorProto.parseFrom(Files.readAllBytes(file));
      long[] extents = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
      return new Tensor(
          new TensorType(ElementType.FLOAT32, Shape.of(extents)), proto.getRawData().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
