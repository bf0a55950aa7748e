package io.edgewright.compiler;

import io.edgewright.compiler.bundle.Golden;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.endtoend.EndToEnd;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One frame with the results that the unoptimised graph gives in double precision. A program that
/// was compiled wrongly, or a processor that computes otherwise, fails against them.
final class GoldenVectors {
  private static final int PICTURE_WIDTH = 160;
  private static final int PICTURE_HEIGHT = 120;

  /// float32 against double precision over a deep network; data of real models stays well below.
  private static final double RELATIVE_TOLERANCE = 1e-3;

  /// Absolute tolerance as a share of an output's largest value.
  private static final double SHARE_OF_LARGEST = 1e-3;

  private static final double SMALLEST_TOLERANCE = 1e-6;

  private GoldenVectors() {}

  static Golden of(EndToEnd product, NativeProgram program) {
    List<Tensor> inputs = new ArrayList<>();
    for (Port port : product.inputs()) {
      inputs.add(input(port, inputs.size()));
    }
    List<Tensor> results = Interpreter.run(product.graph(), inputs);
    List<Tensor> outputs = new ArrayList<>();
    int next = 0;
    for (Port port : product.outputs()) {
      Tensor result = results.get(next++);
      boolean counted = port instanceof Port.Detections;
      outputs.add(counted ? firstRows(result, results.get(next++).getLong(0)) : result);
    }
    List<Double> tolerances = outputs.stream().map(GoldenVectors::tolerance).toList();
    return Golden.of(program, inputs, outputs, tolerances, RELATIVE_TOLERANCE);
  }

  private static Tensor input(Port port, int number) {
    Shape shape =
        port instanceof Port.Image(var _, Port.Color color)
            ? Shape.of(PICTURE_HEIGHT, PICTURE_WIDTH, color.channels())
            : port.shape();
    double[] values = new double[Math.toIntExact(shape.elements())];
    long state = 0x9E3779B97F4A7C15L * (number + 1);
    for (int i = 0; i < values.length; i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      values[i] = value(port, shape, i, (state >>> 11) * 0x1p-53);
    }
    return Tensor.ofDoubles(port.element(), shape, values);
  }

  /// @param random from 0 to 1
  private static double value(Port port, Shape shape, int index, double random) {
    if (port instanceof Port.Image(var _, Port.Color color)) {
      // Smooth, so that resampling is tested rather than noise.
      int column = index / color.channels() % PICTURE_WIDTH;
      int row = index / color.channels() / PICTURE_WIDTH;
      double wave = Math.sqrt(column * 7.0 + row * 3.0) * 8 + (column / 20 + row / 15) % 2 * 60;
      return Math.floor((wave + random * 16) % 256);
    }
    ElementType element = port.element();
    if (element.isFloat()) {
      return (float) (random * 2 - 1);
    }
    return shape.rank() > 0 && random < 0.5 ? 0 : 1;
  }

  private static Tensor firstRows(Tensor rows, long count) {
    TensorType type = rows.type().withShape(rows.shape().with(0, count));
    byte[] content = new byte[Math.toIntExact(type.bytes())];
    rows.bytes().get(content);
    return new Tensor(type, content);
  }

  private static double tolerance(Tensor expected) {
    double largest = Arrays.stream(expected.toDoubles()).map(Math::abs).max().orElse(0);
    return expected.element().isFloat() ? largest * SHARE_OF_LARGEST + SMALLEST_TOLERANCE : 0;
  }
}
