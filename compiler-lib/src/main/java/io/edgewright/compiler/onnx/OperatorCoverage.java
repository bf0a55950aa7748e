package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.NearMatches;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.onnx.operators.OnnxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the operators of a model that cannot be imported: one problem for each kind, with the
/// nodes that it concerns.
final class OperatorCoverage {
  private static final String SEQUENCE = "use tensors in place of sequences and optionals";
  private static final String STRING = "keep text outside of the model; give it numbers";
  private static final String TRAINING = "export the model for inference";
  private static final String RANDOM = "make the random numbers an input of the model";

  /// Advice for standard operators that are not in the table.
  private static final Map<String, String> HINTS = hints();

  private final long opset;
  private final Set<String> domains;
  private final LocalFunctions functions;

  /// @param domains that may be used
  OperatorCoverage(long opset, Set<String> domains, LocalFunctions functions) {
    this.opset = opset;
    this.domains = domains;
    this.functions = functions;
  }

  private static Map<String, String> hints() {
    Map<String, String> hints = new LinkedHashMap<>();
    List.of(
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "RandomUniformLike",
            "Bernoulli",
            "Multinomial")
        .forEach(operator -> hints.put(operator, RANDOM));
    List.of(
            "StringNormalizer",
            "StringConcat",
            "StringSplit",
            "RegexFullMatch",
            "TfIdfVectorizer",
            "ImageDecoder")
        .forEach(operator -> hints.put(operator, STRING));
    List.of(
            "SequenceConstruct",
            "SequenceAt",
            "SequenceEmpty",
            "SequenceErase",
            "SequenceInsert",
            "SequenceLength",
            "SequenceMap",
            "SplitToSequence",
            "ConcatFromSequence",
            "Optional",
            "OptionalGetElement",
            "OptionalHasElement")
        .forEach(operator -> hints.put(operator, SEQUENCE));
    hints.put(
        "NonMaxSuppression",
        "end the model before it, at boxes and scores, and let the manifest's `outputs.decode`"
            + " select the boxes");
    hints.put("ConvTranspose", "use Resize and Conv in its place, or DepthToSpace");
    return hints;
  }

  List<Problem> problems(List<NodeProto> nodes) {
    Map<String, List<NodeProto>> kinds = new LinkedHashMap<>();
    for (NodeProto node : nodes) {
      if (functions.find(node).isEmpty() && OperatorTable.find(node, opset).isEmpty()) {
        kinds
            .computeIfAbsent(node.getDomain() + ":" + node.getOpType(), _ -> new ArrayList<>())
            .add(node);
      }
    }
    return kinds.values().stream().map(this::problem).toList();
  }

  private Problem problem(List<NodeProto> nodes) {
    NodeProto first = nodes.getFirst();
    String domain = first.getDomain();
    boolean imported = OnnxReader.isStandard(domain) || domains.contains(domain);
    Location where = Location.node(OnnxNode.nameOf(first), first.getOpType());
    if (!imported) {
      return new Problem(
          ErrorCode.OPSET_UNSUPPORTED,
          where,
          "domain `" + domain + "`, which the model does not import",
          "an opset_import for every domain that is used",
          "export the model again");
    }
    return new Problem(
        ErrorCode.OPERATOR_UNSUPPORTED, where, seen(nodes), allowed(first), hint(first));
  }

  private String seen(List<NodeProto> nodes) {
    NodeProto first = nodes.getFirst();
    String names =
        nodes.stream()
            .limit(8)
            .map(node -> "`" + OnnxNode.nameOf(node) + "`")
            .collect(Collectors.joining(", "));
    String domain =
        OnnxReader.isStandard(first.getDomain())
            ? "opset " + opset
            : "domain `" + first.getDomain() + "`";
    return "operator `%s` (%s) in %d node%s: %s%s"
        .formatted(
            first.getOpType(),
            domain,
            nodes.size(),
            nodes.size() == 1 ? "" : "s",
            names,
            nodes.size() > 8 ? ", ..." : "");
  }

  private static String allowed(NodeProto node) {
    return OperatorTable.since(OperatorTable.name(node))
        .map(first -> "this operator from opset " + first + " on")
        .orElse(OperatorTable.operators().size() + " operators of ONNX, see docs/operators.md");
  }

  private static String hint(NodeProto node) {
    String operator = node.getOpType();
    if (node.getDomain().startsWith("com.microsoft")) {
      return "take the model as it was before ONNX Runtime optimized it";
    }
    if (node.getDomain().contains("training")) {
      return TRAINING;
    }
    if (!OnnxReader.isStandard(node.getDomain())) {
      return "express it with standard operators, or compute it outside of the model";
    }
    if (HINTS.containsKey(operator)) {
      return HINTS.get(operator);
    }
    return NearMatches.hint(
        operator,
        OperatorTable.operators(),
        "express it with other operators, or compute it outside of the model");
  }
}
