package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.edgewright.compiler.onnx.operators.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// How often a model uses an operator, and whether there is an importer for it.
///
/// @param operator with the domain in front where it is not the standard one
/// @param nodes how many nodes have it, those of branches and loop bodies included
/// @param uncovered names of the nodes that cannot be imported, in the order of the model
public record OperatorUse(String operator, int nodes, List<String> uncovered) {
  public OperatorUse {
    uncovered = List.copyOf(uncovered);
  }

  /// Of every operator of a model, sorted by name.
  public static List<OperatorUse> of(OnnxModel model) {
    long opset =
        model.proto().getOpsetImportList().stream()
            .filter(candidate -> OnnxReader.isStandard(candidate.getDomain()))
            .mapToLong(OperatorSetIdProto::getVersion)
            .findFirst()
            .orElseThrow();
    Map<String, List<NodeProto>> kinds = new TreeMap<>();
    nodes(model.proto().getGraph())
        .forEach(node -> kinds.computeIfAbsent(name(node), _ -> new ArrayList<>()).add(node));
    return kinds.entrySet().stream()
        .map(kind ->
            new OperatorUse(
                kind.getKey(),
                kind.getValue().size(),
                kind.getValue().stream()
                    .filter(node -> OperatorTable.find(node, opset).isEmpty())
                    .map(OnnxNode::nameOf)
                    .toList()))
        .toList();
  }

  static String name(NodeProto node) {
    String domain = OnnxReader.isStandard(node.getDomain()) ? "" : node.getDomain() + ".";
    return domain + node.getOpType();
  }

  private static Stream<NodeProto> nodes(GraphProto graph) {
    return graph.getNodeList().stream()
        .flatMap(node ->
            Stream.concat(
                Stream.of(node),
                node.getAttributeList().stream()
                    .filter(AttributeProto::hasG)
                    .flatMap(attribute -> nodes(attribute.getG()))));
  }
}
