package io.edgewright.bench;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A model with one set of inputs.
///
/// @param quantised whether it computes in integers of 8 bits
/// @param dims numbers for its named dimensions, as its data has them
/// @param outputs names, in the graph's order
record BenchModel(
    String name,
    Path file,
    boolean quantised,
    Map<String, Long> dims,
    List<BenchInput> inputs,
    List<String> outputs) {
  private static final String DATA = "test_data_set_0";

  /// Reads a model and the data beside it, or makes some up.
  static BenchModel read(Path file) throws IOException, BenchException {
    GraphProto graph = ModelProto.parseFrom(Files.readAllBytes(file)).getGraph();
    Set<String> constants =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    Map<String, Long> dims = new LinkedHashMap<>();
    List<BenchInput> inputs = new ArrayList<>();
    for (ValueInfoProto declared : graph.getInputList()) {
      if (!constants.contains(declared.getName())) {
        Path data = file.resolveSibling(DATA).resolve("input_" + inputs.size() + ".pb");
        inputs.add(BenchInput.of(declared, data, dims));
      }
    }
    return new BenchModel(
        nameOf(file),
        file,
        graph.getNodeList().stream().map(NodeProto::getOpType).anyMatch(BenchModel::isQuantised),
        dims,
        inputs,
        graph.getOutputList().stream().map(ValueInfoProto::getName).toList());
  }

  /// `model.onnx` is named for its folder, any other file for itself.
  static String nameOf(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.onnx$", "");
    Path folder = file.toAbsolutePath().getParent();
    return name.equals("model") && folder != null && folder.getFileName() != null
        ? folder.getFileName().toString()
        : name;
  }

  private static boolean isQuantised(String operator) {
    return operator.contains("Quantize")
        || operator.startsWith("QLinear")
        || operator.endsWith("Integer");
  }

  /// A frame for a program that reads its inputs one after the other.
  byte[] frame() {
    int bytes = inputs.stream().mapToInt(input -> input.bytes().length).sum();
    ByteBuffer frame = ByteBuffer.allocate(bytes);
    inputs.forEach(input -> frame.put(input.bytes()));
    return frame.array();
  }
}
