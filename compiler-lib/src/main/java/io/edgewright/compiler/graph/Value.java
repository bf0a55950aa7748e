package io.edgewright.compiler.graph;

import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;

/// A tensor that is made once: a graph input, a constant, or an output of a node.
///
/// @param name unique within its graph
public record Value(String name, TensorType type) {
  public Shape shape() {
    return type.shape();
  }

  @Override
  public String toString() {
    return name + ": " + type;
  }
}
