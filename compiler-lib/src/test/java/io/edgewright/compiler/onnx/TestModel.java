package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.edgewright.compiler.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Writes small ONNX models for tests.
///
/// ```
/// byte[] model = new TestModel(17).input("x", 1, 3).node("Relu", "x -> y").output("y").bytes();
/// ```
public final class TestModel {
  private static final int FLOAT = 1;

  private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");

  public TestModel(long opset) {
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
  }

  /// A float32 input; extents are numbers or names of dimensions, empty where unnamed.
  public TestModel input(String name, Object... extents) {
    return typedInput(name, FLOAT, extents);
  }

  /// @param type number of `TensorProto.DataType`
  public TestModel typedInput(String name, int type, Object... extents) {
    graph.addInput(value(name, type, extents));
    return this;
  }

  private static ValueInfoProto value(String name, int type, Object... extents) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object extent : extents) {
      TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
      if (extent instanceof Number number) {
        dimension.setDimValue(number.longValue());
      } else if (extent instanceof String symbol && !symbol.isEmpty()) {
        dimension.setDimParam(symbol);
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }

  /// An output; without extents nothing is declared of it.
  public TestModel output(String name, Object... extents) {
    graph.addOutput(
        extents.length > 0
            ? value(name, FLOAT, extents)
            : ValueInfoProto.newBuilder().setName(name).build());
    return this;
  }

  public TestModel initializer(String name, Tensor tensor) {
    return initializer(proto(name, tensor));
  }

  public TestModel initializer(TensorProto proto) {
    graph.addInitializer(proto);
    return this;
  }

  public static TensorProto proto(String name, Tensor tensor) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(tensor.element().onnxCode())
        .addAllDims(Arrays.stream(tensor.shape().extents()).boxed().toList())
        .setRawData(ByteString.copyFrom(tensor.bytes()))
        .build();
  }

  /// A node named after its operator; `"a b -> c"` are its inputs and outputs.
  public TestModel node(String operator, String wires, AttributeProto... attributes) {
    List<String> sides = Arrays.asList(wires.split(" *-> *", -1));
    return node(node -> {
      node.setOpType(operator).setName("the_" + operator).addAllAttribute(List.of(attributes));
      words(sides.getFirst()).forEach(node::addInput);
      words(sides.getLast()).forEach(node::addOutput);
    });
  }

  private static List<String> words(String side) {
    return Arrays.stream(side.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  public TestModel node(Consumer<NodeProto.Builder> fill) {
    fill.accept(graph.addNodeBuilder());
    return this;
  }

  public static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  public static AttributeProto attribute(String name, List<Long> values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(values)
        .build();
  }

  public static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /// The model, to be changed further.
  public ModelProto.Builder proto() {
    return model.setGraph(graph);
  }

  public byte[] bytes() {
    return proto().build().toByteArray();
  }
}
