package io.edgewright.compiler.fuzz;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/// Changes a model where models have structure: operators, wires, attributes, shapes, initializers,
/// versions. The fuzzer's bytes are the choices, so that similar bytes give similar models.
final class ModelMutator {
  private static final int MOST_CHANGES = 12;

  /// Numbers at which arithmetic breaks.
  private static final List<Long> EXTREMES =
      List.of(
          0L,
          1L,
          -1L,
          2L,
          3L,
          7L,
          8L,
          9L,
          255L,
          256L,
          65_536L,
          1L << 31,
          -(1L << 31),
          1L << 32,
          1L << 40,
          1L << 62,
          Long.MAX_VALUE,
          Long.MIN_VALUE);

  private static final List<Float> ODD_FLOATS =
      List.of(0f, -0f, 1f, -1f, 0x1p-149f, 0x1p126f, Float.NaN, Float.POSITIVE_INFINITY, 0x1p33f);

  private static final List<String> ATTRIBUTES =
      List.of(
          "axis",
          "axes",
          "kernel_shape",
          "strides",
          "pads",
          "dilations",
          "group",
          "alpha",
          "beta",
          "auto_pad",
          "ceil_mode",
          "perm",
          "to",
          "keepdims",
          "mode",
          "epsilon",
          "transA",
          "transB",
          "largest",
          "select_last_index",
          "num_outputs",
          "split",
          "blocksize",
          "equation",
          "value",
          "coordinate_transformation_mode",
          "nearest_mode",
          "exclusive",
          "reverse",
          "allowzero",
          "count_include_pad",
          "storage_order",
          "batch_dims",
          "output_shape",
          "output_padding");

  private static final List<String> TEXTS =
      List.of(
          "",
          "NOTSET",
          "SAME_UPPER",
          "SAME_LOWER",
          "VALID",
          "constant",
          "reflect",
          "edge",
          "wrap",
          "linear",
          "nearest",
          "cubic",
          "half_pixel",
          "align_corners",
          "ij,jk->ik",
          "...ij->...ji",
          "ii->i",
          "*/\"\\\n",
          "DCR",
          "CRD",
          "add",
          "tanh");

  private final FuzzedDataProvider choices;
  private final List<String> operators;

  ModelMutator(FuzzedDataProvider choices, List<String> operators) {
    this.choices = choices;
    this.operators = operators;
  }

  ModelProto mutate(ModelProto seed) {
    ModelProto.Builder model = seed.toBuilder();
    int changes = choices.consumeInt(1, MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      change(model);
    }
    return model.build();
  }

  private void change(ModelProto.Builder model) {
    GraphProto.Builder graph = model.getGraphBuilder();
    switch (choices.consumeInt(0, 14)) {
      case 0, 1, 2 -> changeOperator(graph);
      case 3, 4 -> rewire(graph);
      case 5, 6 -> changeAttribute(graph);
      case 7 -> addNode(graph);
      case 8 -> removeNode(graph);
      case 9 -> changeInputShape(graph);
      case 10 -> changeInitializerShape(graph);
      case 11, 12 -> changeInitializerValues(graph);
      case 13 -> addOutput(graph);
      default -> changeOpset(model);
    }
  }

  private void changeOperator(GraphProto.Builder graph) {
    if (graph.getNodeCount() > 0) {
      node(graph).setOpType(choices.pickValue(operators));
    }
  }

  private NodeProto.Builder node(GraphProto.Builder graph) {
    return graph.getNodeBuilder(choices.consumeInt(0, graph.getNodeCount() - 1));
  }

  private void rewire(GraphProto.Builder graph) {
    if (graph.getNodeCount() == 0) {
      return;
    }
    NodeProto.Builder node = node(graph);
    String name = valueName(graph);
    if (node.getInputCount() == 0 || choices.consumeInt(0, 3) == 0) {
      node.addInput(name);
    } else {
      int input = choices.consumeInt(0, node.getInputCount() - 1);
      node.setInput(input, choices.consumeInt(0, 7) == 0 ? "" : name);
    }
  }

  /// A name that something in the graph has.
  private String valueName(GraphProto.Builder graph) {
    List<String> names = new ArrayList<>(List.of("nobody"));
    graph.getInputList().forEach(input -> names.add(input.getName()));
    graph.getInitializerList().forEach(initializer -> names.add(initializer.getName()));
    graph.getNodeList().forEach(node -> names.addAll(node.getOutputList()));
    return choices.pickValue(names);
  }

  private void changeAttribute(GraphProto.Builder graph) {
    if (graph.getNodeCount() == 0) {
      return;
    }
    NodeProto.Builder node = node(graph);
    if (node.getAttributeCount() > 0 && choices.consumeBoolean()) {
      int index = choices.consumeInt(0, node.getAttributeCount() - 1);
      String name = node.getAttribute(index).getName();
      if (choices.consumeInt(0, 3) == 0) {
        node.removeAttribute(index);
      } else {
        node.setAttribute(index, attribute(name));
      }
    } else {
      node.addAttribute(attribute(choices.pickValue(ATTRIBUTES)));
    }
  }

  private AttributeProto attribute(String name) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    switch (choices.consumeInt(0, 5)) {
      case 0, 1 -> attribute.setType(AttributeProto.AttributeType.INT).setI(number());
      case 2, 3 -> {
        attribute.setType(AttributeProto.AttributeType.INTS);
        int count = choices.consumeInt(0, 8);
        for (int i = 0; i < count; i++) {
          attribute.addInts(number());
        }
      }
      case 4 ->
          attribute
              .setType(AttributeProto.AttributeType.STRING)
              .setS(ByteString.copyFromUtf8(choices.pickValue(TEXTS)));
      default ->
          attribute.setType(AttributeProto.AttributeType.FLOAT).setF(choices.pickValue(ODD_FLOATS));
    }
    return attribute.build();
  }

  private long number() {
    return choices.consumeInt(0, 2) == 0 ? choices.pickValue(EXTREMES) : choices.consumeLong(-3, 9);
  }

  private void addNode(GraphProto.Builder graph) {
    NodeProto.Builder node =
        graph
            .addNodeBuilder()
            .setOpType(choices.pickValue(operators))
            .addOutput("made" + graph.getNodeCount());
    int inputs = choices.consumeInt(0, 4);
    for (int i = 0; i < inputs; i++) {
      node.addInput(valueName(graph));
    }
    if (choices.consumeBoolean()) {
      graph.addOutput(ValueInfoProto.newBuilder().setName(node.getOutput(0)));
    }
  }

  private void removeNode(GraphProto.Builder graph) {
    if (graph.getNodeCount() > 0) {
      graph.removeNode(choices.consumeInt(0, graph.getNodeCount() - 1));
    }
  }

  private void changeInputShape(GraphProto.Builder graph) {
    if (graph.getInputCount() == 0) {
      return;
    }
    TypeProto.Tensor.Builder type =
        graph
            .getInputBuilder(choices.consumeInt(0, graph.getInputCount() - 1))
            .getTypeBuilder()
            .getTensorTypeBuilder();
    if (choices.consumeInt(0, 3) == 0) {
      type.setElemType(choices.consumeInt(0, 17));
    }
    TensorShapeProto.Builder shape = type.getShapeBuilder();
    if (shape.getDimCount() == 0 || choices.consumeInt(0, 3) == 0) {
      shape.addDimBuilder().setDimValue(number());
    } else if (choices.consumeInt(0, 3) == 0) {
      shape.removeDim(choices.consumeInt(0, shape.getDimCount() - 1));
    } else {
      shape.getDimBuilder(choices.consumeInt(0, shape.getDimCount() - 1)).setDimValue(number());
    }
  }

  private void changeInitializerShape(GraphProto.Builder graph) {
    if (graph.getInitializerCount() == 0) {
      return;
    }
    TensorProto.Builder tensor = initializer(graph);
    if (choices.consumeInt(0, 3) == 0) {
      tensor.setDataType(choices.consumeInt(0, 17));
    } else if (tensor.getDimsCount() == 0 || choices.consumeBoolean()) {
      tensor.addDims(number());
    } else {
      tensor.setDims(choices.consumeInt(0, tensor.getDimsCount() - 1), number());
    }
  }

  private TensorProto.Builder initializer(GraphProto.Builder graph) {
    return graph.getInitializerBuilder(choices.consumeInt(0, graph.getInitializerCount() - 1));
  }

  /// A new initializer that is whole, or other bytes in an old one.
  private void changeInitializerValues(GraphProto.Builder graph) {
    if (graph.getInitializerCount() > 0 && choices.consumeBoolean()) {
      TensorProto.Builder tensor = initializer(graph);
      byte[] bytes = tensor.getRawData().toByteArray();
      if (bytes.length > 0) {
        bytes[choices.consumeInt(0, bytes.length - 1)] = choices.consumeByte();
        tensor.setRawData(ByteString.copyFrom(bytes));
      }
      return;
    }
    int count = choices.consumeInt(0, 6);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("constant" + graph.getInitializerCount())
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(count);
    for (int i = 0; i < count; i++) {
      tensor.addInt64Data(number());
    }
    graph.addInitializer(tensor);
  }

  private void addOutput(GraphProto.Builder graph) {
    graph.addOutput(ValueInfoProto.newBuilder().setName(valueName(graph)));
  }

  private void changeOpset(ModelProto.Builder model) {
    if (model.getOpsetImportCount() > 0) {
      model.getOpsetImportBuilder(0).setVersion(choices.consumeLong(-1, 30));
    }
  }
}
