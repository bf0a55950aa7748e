package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Functions that a model brings along. A call of one becomes the nodes of its body, with the
/// attributes of the call put where the body refers to them.
final class LocalFunctions {
  private final Map<String, FunctionProto> functions = new HashMap<>();

  LocalFunctions(ModelProto model) {
    model
        .getFunctionsList()
        .forEach(function ->
            functions.putIfAbsent(key(function.getDomain(), function.getName()), function));
  }

  /// How messages name it.
  static String key(String domain, String name) {
    return OnnxReader.isStandard(domain) ? name : domain + "." + name;
  }

  Optional<FunctionProto> find(NodeProto node) {
    return Optional.ofNullable(functions.get(key(node.getDomain(), node.getOpType())));
  }

  /// The nodes of a function's body for one call.
  ///
  /// @param leftOut parameters that the call gives nothing for; so their readers leave them out too
  static List<NodeProto> body(FunctionProto function, NodeProto call, Set<String> leftOut) {
    Map<String, AttributeProto> given = new HashMap<>();
    function.getAttributeProtoList().forEach(standard -> given.put(standard.getName(), standard));
    call.getAttributeList().forEach(attribute -> given.put(attribute.getName(), attribute));
    return new Binding(given, leftOut).bind(function.getNodeList());
  }

  /// What takes the place of a function's parameters in its body.
  private record Binding(Map<String, AttributeProto> given, Set<String> leftOut) {
    private List<NodeProto> bind(List<NodeProto> nodes) {
      return nodes.stream().map(this::bind).toList();
    }

    /// References to attributes that the call does not give are left out, so that the operator's
    /// own default holds.
    private NodeProto bind(NodeProto node) {
      List<AttributeProto> bound = new ArrayList<>();
      for (AttributeProto attribute : node.getAttributeList()) {
        String reference = attribute.getRefAttrName();
        AttributeProto value = reference.isEmpty() ? attribute : given.get(reference);
        if (value != null) {
          bound.add(bindGraphs(value.toBuilder().setName(attribute.getName())));
        }
      }
      List<String> inputs =
          node.getInputList().stream().map(name -> leftOut.contains(name) ? "" : name).toList();
      return node.toBuilder()
          .clearAttribute()
          .addAllAttribute(bound)
          .clearInput()
          .addAllInput(inputs)
          .build();
    }

    private AttributeProto bindGraphs(AttributeProto.Builder attribute) {
      if (attribute.hasG()) {
        GraphProto graph = attribute.getG();
        attribute.setG(graph.toBuilder().clearNode().addAllNode(bind(graph.getNodeList())).build());
      }
      return attribute.build();
    }
  }
}
