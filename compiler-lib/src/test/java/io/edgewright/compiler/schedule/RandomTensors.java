package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import java.util.Random;

/// Numbers between -1 and 1, the same in every run.
final class RandomTensors {
  private RandomTensors() {}

  static Tensor of(Random random, Shape shape) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return Tensor.ofFloats(shape, values);
  }

  static List<Tensor> forInputsOf(Graph graph) {
    Random random = new Random(11);
    return graph.inputs().stream().map(input -> of(random, input.shape())).toList();
  }
}
