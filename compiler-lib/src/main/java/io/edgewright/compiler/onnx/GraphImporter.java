package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.TensorLimit;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.onnx.operators.FoldingBuilder;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.TensorType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Imports a model as a graph whose shapes are numbers, or at least have a most.
public final class GraphImporter {
  private final GraphProto graph;
  private final Map<String, Dimension> dims;
  private final ModelScope model;
  private final FoldingBuilder builder;
  private final GraphScope scope;

  private GraphImporter(ModelProto proto, Map<String, Dimension> dims) {
    this.graph = proto.getGraph();
    this.dims = dims;
    this.model = ModelScope.of(proto);
    this.builder =
        new FoldingBuilder(graph.getOutputList().stream().map(ValueInfoProto::getName).toList());
    this.scope = new GraphScope(model, builder);
  }

  /// @param dims of the symbolic dimensions of the inputs, the number or the most
  /// @throws CompileException with every problem of the model
  public static Graph read(OnnxModel model, Map<String, Dimension> dims) {
    return new GraphImporter(model.proto(), dims).read();
  }

  private Graph read() {
    NodeReader reader = new NodeReader(model, scope);
    reader.checkOperators(graph.getNodeList());
    readInputs();
    if (scope.problems().stream().noneMatch(GraphImporter::leavesShapesOpen)) {
      reader.readInitializers(graph);
      reader.readNodes(graph.getNodeList());
      readOutputs();
    }
    if (!scope.problems().isEmpty()) {
      throw new CompileException(scope.problems());
    }
    return builder.build();
  }

  /// Without the extents of the inputs nothing can be said of the nodes.
  private static boolean leavesShapesOpen(Problem problem) {
    return problem.code() == ErrorCode.DIMENSION_UNBOUND;
  }

  private void readInputs() {
    Set<String> outputs = new HashSet<>();
    graph.getOutputList().forEach(output -> outputs.add(output.getName()));
    Map<String, TensorType> stated = InputTypes.read(graph, scope.problems());
    Map<String, TensorType> bound = InputTypes.bind(stated, dims, scope.problems());
    Set<String> seen = new HashSet<>();
    for (ValueInfoProto input : InputTypes.inputs(graph)) {
      String name = input.getName();
      Location where = Location.value(name);
      TensorType type = bound.get(name);
      if (!seen.add(name)) {
        scope.invalid(where, "a second input of this name", "names that differ");
      } else if (outputs.contains(name)) {
        scope.invalid(where, "an input that is an output too", "an Identity node between");
      } else if (type == null || !type.shape().hasCapacity()) {
        scope.fail(List.of(name));
      } else {
        scope.make(name, where, () -> builder.input(name, TensorLimit.check(type)));
      }
    }
  }

  private void readOutputs() {
    if (graph.getOutputCount() == 0) {
      scope.invalid(Location.MODEL, "a graph without outputs", "at least one output");
    }
    Set<String> seen = new HashSet<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      String name = output.getName();
      Value value = scope.values().get(name);
      if (!seen.add(name)) {
        scope.invalid(Location.value(name), "a second output of this name", "names that differ");
      } else if (value != null) {
        builder.output(name, value);
      } else if (!scope.isFailed(name) && scope.problems().isEmpty()) {
        scope.invalid(Location.value(name), "an output that nothing makes", "the output of a node");
      }
    }
    scope.problems().addAll(DeclaredTypes.check(graph, scope.values(), dims));
  }
}
