package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Graphs that stand in attributes of nodes. How deep they nest was limited when the model was
/// read.
final class NestedGraphs {
  private NestedGraphs() {}

  /// The graphs directly inside of a node.
  static Stream<GraphProto> of(NodeProto node) {
    return node.getAttributeList().stream().flatMap(NestedGraphs::of);
  }

  private static Stream<GraphProto> of(AttributeProto attribute) {
    return attribute.hasG()
        ? Stream.concat(Stream.of(attribute.getG()), attribute.getGraphsList().stream())
        : attribute.getGraphsList().stream();
  }

  /// A graph and all graphs inside of it.
  static Stream<GraphProto> with(GraphProto graph) {
    return Stream.concat(Stream.of(graph), inside(graph.getNodeList()));
  }

  /// All graphs inside of some nodes.
  static Stream<GraphProto> inside(List<NodeProto> nodes) {
    return nodes.stream().flatMap(NestedGraphs::of).flatMap(NestedGraphs::with);
  }

  /// What a node reads: its inputs, and what graphs inside of it read of the names around them.
  static Set<String> reads(NodeProto node) {
    Set<String> names = new HashSet<>(node.getInputList());
    names.remove("");
    of(node).map(NestedGraphs::free).forEach(names::addAll);
    return names;
  }

  private static Set<String> free(GraphProto graph) {
    Set<String> names = new HashSet<>();
    graph.getNodeList().stream().map(NestedGraphs::reads).forEach(names::addAll);
    graph.getOutputList().forEach(output -> names.add(output.getName()));
    graph.getNodeList().forEach(node -> names.removeAll(new HashSet<>(node.getOutputList())));
    graph.getInputList().forEach(input -> names.remove(input.getName()));
    graph.getInitializerList().stream().map(TensorProto::getName).forEach(names::remove);
    graph.getSparseInitializerList().forEach(sparse -> names.remove(sparse.getValues().getName()));
    return names;
  }
}
