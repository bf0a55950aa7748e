package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Value;
import java.util.List;

/// Imports one ONNX node: the values of its outputs, in their order. Outputs at the end that it
/// does not make are a problem when the model reads them.
@FunctionalInterface
public interface Importer {
  List<Value> read(OnnxNode node);

  /// Of an operator with one output.
  @FunctionalInterface
  interface Single {
    Value read(OnnxNode node);
  }
}
