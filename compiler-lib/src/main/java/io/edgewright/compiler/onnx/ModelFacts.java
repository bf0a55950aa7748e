package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a model says of itself before anything is compiled.
///
/// @param producer the tool that wrote it, may be empty
/// @param operators number of nodes per operator, with the domain in front where it is not the
///   standard one
/// @param parameters numbers in initializers
/// @param inputs types with symbolic dimensions, in the order of the model
public record ModelFacts(
    String producer,
    long irVersion,
    long opset,
    SortedMap<String, Integer> operators,
    long parameters,
    Map<String, TensorType> inputs,
    List<String> outputs) {
  public ModelFacts {
    operators = Collections.unmodifiableSortedMap(new TreeMap<>(operators));
    inputs = Collections.unmodifiableMap(inputs);
    outputs = List.copyOf(outputs);
  }

  /// @throws CompileException when an input has no type that is supported
  public static ModelFacts of(OnnxModel model) {
    ModelProto proto = model.proto();
    GraphProto graph = proto.getGraph();
    SortedMap<String, Integer> operators = new TreeMap<>();
    for (NodeProto node : graph.getNodeList()) {
      operators.merge(OperatorUse.name(node), 1, Integer::sum);
    }
    List<Problem> problems = new ArrayList<>();
    Map<String, TensorType> inputs = InputTypes.read(graph, problems);
    if (!problems.isEmpty()) {
      throw new CompileException(problems);
    }
    return new ModelFacts(
        (proto.getProducerName() + " " + proto.getProducerVersion()).strip(),
        proto.getIrVersion(),
        proto.getOpsetImportList().stream()
            .filter(opset -> OnnxReader.isStandard(opset.getDomain()))
            .mapToLong(OperatorSetIdProto::getVersion)
            .findFirst()
            .orElse(0),
        operators,
        graph.getInitializerList().stream().mapToLong(ModelFacts::elements).sum(),
        inputs,
        graph.getOutputList().stream().map(output -> output.getName()).toList());
  }

  private static long elements(TensorProto tensor) {
    return tensor.getDimsList().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
  }
}
