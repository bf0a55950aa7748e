package io.edgewright.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.edgewright.compiler.CompiledGraph;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphChecks;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A model that ONNX Runtime runs too: the interpreter and the compiled program must give what it
/// gives.
final class RuntimeModel {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final byte[] model;

  RuntimeModel(TestModel model) {
    this.model = model.bytes();
  }

  /// Compares all outputs for one call.
  void agrees(List<Tensor> inputs) {
    Graph graph = GraphImporter.read(OnnxReader.read(model), Map.of());
    GraphChecks.verify(graph);
    List<Tensor> expected = run(graph, inputs);
    compare("interpreted", Interpreter.run(graph, inputs), expected);
    try (CompiledGraph compiled = CompiledGraph.of(PassList.run(graph), "host")) {
      compare("compiled", compiled.run(inputs), expected);
    }
  }

  private static void compare(String how, List<Tensor> actual, List<Tensor> expected) {
    assertThat(actual).as(how).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).type()).as(how).isEqualTo(expected.get(i).type());
      for (int j = 0; j < expected.get(i).size(); j++) {
        double want = expected.get(i).getDouble(j);
        assertThat(Math.abs(actual.get(i).getDouble(j) - want))
            .as("%s, output %d [%d]: %s, not %s", how, i, j, actual.get(i).getDouble(j), want)
            .isLessThanOrEqualTo(1e-5 * Math.max(1, Math.abs(want)));
      }
    }
  }

  private List<Tensor> run(Graph graph, List<Tensor> inputs) {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = ENVIRONMENT.createSession(model, options)) {
      for (int i = 0; i < inputs.size(); i++) {
        given.put(graph.inputs().get(i).name(), tensor(inputs.get(i)));
      }
      List<Tensor> outputs = new ArrayList<>();
      try (OrtSession.Result result = session.run(given)) {
        for (int i = 0; i < result.size(); i++) {
          outputs.add(tensor((OnnxTensor) result.get(i)));
        }
      }
      return outputs;
    } catch (OrtException e) {
      throw new AssertionError(e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(Tensor tensor) throws OrtException {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(tensor.bytes().remaining()).order(ByteOrder.nativeOrder());
    bytes.put(tensor.bytes()).flip();
    return OnnxTensor.createTensor(
        ENVIRONMENT, bytes, tensor.shape().extents(), type(tensor.element()));
  }

  private static OnnxJavaType type(ElementType element) {
    return switch (element) {
      case FLOAT32 -> OnnxJavaType.FLOAT;
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case BOOL -> OnnxJavaType.BOOL;
      default -> throw new IllegalArgumentException("no tests with " + element);
    };
  }

  private static Tensor tensor(OnnxTensor tensor) {
    ElementType element =
        switch (tensor.getInfo().type) {
          case FLOAT -> ElementType.FLOAT32;
          case INT32 -> ElementType.INT32;
          case INT64 -> ElementType.INT64;
          case BOOL -> ElementType.BOOL;
          default -> throw new IllegalArgumentException("no tests with " + tensor.getInfo());
        };
    byte[] bytes = new byte[tensor.getByteBuffer().remaining()];
    tensor.getByteBuffer().get(bytes);
    Shape shape = Shape.of(tensor.getInfo().getShape());
    return new Tensor(new TensorType(element, shape), bytes);
  }
}
