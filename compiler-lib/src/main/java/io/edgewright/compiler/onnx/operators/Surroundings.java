package io.edgewright.compiler.onnx.operators;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.Value;
import java.util.List;

/// Where an importer stands: the graph that grows, and the names around it, which graphs in
/// attributes of nodes may read.
public interface Surroundings {
  FoldingBuilder builder();

  /// Adds the nodes of a graph in an attribute to the graph that grows.
  ///
  /// @param arguments for its inputs, in order
  /// @param where the node is
  /// @return the values of its outputs
  /// @throws io.edgewright.compiler.diagnostics.CompileException with every problem of it
  List<Value> inline(GraphProto graph, List<Value> arguments, Location where);

  /// A new graph inside of an operator; it sees the names around it.
  Surroundings inner();

  /// What stands for a value of the graph around: an input, or a copy of a constant.
  Value capture(Value outer);

  /// The values of the graph around that became inputs, in the order of those.
  List<Value> captured();
}
