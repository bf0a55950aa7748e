package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
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

  /// An output of a type without a shape.
  public TestModel typedOutput(String name, int type) {
    graph.addOutput(
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type))));
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

  /// The same model with another graph.
  TestModel replace(GraphProto.Builder other) {
    graph.clear().mergeFrom(other.build());
    return this;
  }

  /// A node named after its operator; `"a b -> c"` are its inputs and outputs; `-` leaves an input
  /// out.
  public TestModel node(String operator, String wires, AttributeProto... attributes) {
    List<String> sides = Arrays.asList(wires.split(" *-> *", -1));
    return node(node -> {
      node.setOpType(operator).setName("the_" + operator).addAllAttribute(List.of(attributes));
      words(sides.getFirst()).forEach(word -> node.addInput(word.equals("-") ? "" : word));
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

  static AttributeProto attribute(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  /// A list of words.
  static AttributeProto words(String name, String... words) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRINGS);
    for (String word : words) {
      attribute.addStrings(ByteString.copyFromUtf8(word));
    }
    return attribute.build();
  }

  /// A list of numbers.
  static AttributeProto reals(String name, Float... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOATS)
        .addAllFloats(List.of(values))
        .build();
  }

  /// The graph of another model.
  public static AttributeProto attribute(String name, TestModel graph) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(graph.graph)
        .build();
  }

  /// The value that a call of the function gives to a parameter.
  static AttributeProto reference(
      String name, AttributeProto.AttributeType type, String parameter) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(type)
        .setRefAttrName(parameter)
        .build();
  }

  /// A node that calls a function of the domain `local`.
  public TestModel call(String function, String wires, AttributeProto... attributes) {
    node(function, wires, attributes);
    int last = graph.getNodeCount() - 1;
    graph.getNodeBuilder(last).setDomain("local").setName("call_" + last);
    return this;
  }

  /// A function of the domain `local`, with the graph of another model as its body.
  public TestModel function(String name, TestModel body, AttributeProto... standard) {
    FunctionProto.Builder function = model.addFunctionsBuilder().setName(name).setDomain("local");
    function.addAllOpsetImport(body.model.getOpsetImportList());
    body.graph.getInputList().forEach(input -> function.addInput(input.getName()));
    body.graph.getOutputList().forEach(output -> function.addOutput(output.getName()));
    function.addAllNode(body.graph.getNodeList()).addAllAttributeProto(List.of(standard));
    if (model.getOpsetImportList().stream().noneMatch(o -> o.getDomain().equals("local"))) {
      model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("local").setVersion(1));
    }
    return this;
  }

  /// The model, to be changed further.
  public ModelProto.Builder proto() {
    return model.setGraph(graph);
  }

  public byte[] bytes() {
    return proto().build().toByteArray();
  }
}
