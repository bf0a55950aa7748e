package io.edgewright.compiler;

import io.edgewright.compiler.bundle.Accuracy;
import io.edgewright.compiler.bundle.Golden;
import io.edgewright.compiler.bundle.GoldenCheck;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.endtoend.EndToEnd;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One frame with the results that the unoptimised graph gives in double precision. A program that
/// was compiled wrongly, or a processor that computes otherwise, fails against them.
///
/// The frame is no photograph, so a detector would find nothing in it and its self-test would say
/// nothing. Therefore the self-test runs with a threshold of its own: low enough for some
/// detections, and in the widest gap between two scores, so that rounding decides nothing.
///
/// @param threshold the score from which detections count in the self-test
record GoldenVectors(List<Tensor> inputs, List<Tensor> outputs, double threshold) {
  private static final int PICTURE_WIDTH = 160;
  private static final int PICTURE_HEIGHT = 120;

  /// float32 against double precision over a deep network; data of real models stays well below.
  private static final double RELATIVE_TOLERANCE = 1e-3;

  /// Absolute tolerance as a share of an output's largest value.
  private static final double SHARE_OF_LARGEST = 1e-3;

  private static final double SMALLEST_TOLERANCE = 1e-6;

  /// The self-test's threshold leaves at most this many detections.
  private static final int MOST_DETECTIONS = 8;

  private static final long FRAMES = 2;

  private static final int SCORE_COLUMN = 4;
  private static final int DETECTION_COLUMNS = 6;

  static GoldenVectors of(EndToEnd product) {
    List<Tensor> inputs = new ArrayList<>();
    Map<String, Long> numbers = numbers(product.inputs());
    for (Port port : product.inputs()) {
      inputs.add(input(port, numbers, inputs.size()));
    }
    List<Tensor> results = Interpreter.run(withoutThreshold(product.graph()), inputs);
    List<Tensor> outputs = new ArrayList<>();
    double threshold = 0;
    int next = 0;
    for (Port port : product.outputs()) {
      Tensor result = results.get(next++);
      if (port instanceof Port.Detections) {
        Tensor found = firstRows(result, results.get(next++).getLong(0));
        int kept = beforeWidestGap(found);
        threshold = betweenRows(found, kept);
        result = firstRows(found, kept);
      }
      outputs.add(result);
    }
    return new GoldenVectors(inputs, outputs, threshold);
  }

  Golden golden(NativeProgram program) {
    List<Double> tolerances = outputs.stream().map(GoldenVectors::tolerance).toList();
    return Golden.of(program, inputs, outputs, tolerances, RELATIVE_TOLERANCE);
  }

  /// @param ports of the program's outputs
  Accuracy accuracy(GoldenCheck.Verdict verdict, List<Port> ports) {
    return Accuracy.of(
        verdict,
        ports.stream().map(Port::name).toList(),
        outputs.stream().map(output -> range(output.toDoubles())).toList());
  }

  /// Largest minus smallest finite value; what errors are related to.
  static double range(double[] values) {
    DoubleSummaryStatistics finite =
        Arrays.stream(values).filter(Double::isFinite).summaryStatistics();
    return finite.getCount() == 0 ? 0 : finite.getMax() - finite.getMin();
  }

  private static Graph withoutThreshold(Graph graph) {
    List<Node> nodes =
        graph.nodes().stream()
            .map(node ->
                node.op() instanceof Op.SelectDetections select
                    ? node.withOp(select.withThreshold(0))
                    : node)
            .toList();
    return new Graph(graph.inputs(), graph.outputs(), graph.constants(), nodes);
  }

  /// How many rows to keep so that the next score is as far away as possible.
  private static int beforeWidestGap(Tensor rows) {
    int most = Math.min(MOST_DETECTIONS, Math.toIntExact(rows.shape().extent(0)));
    int best = most;
    double widest = 0;
    for (int kept = 1; kept <= most; kept++) {
      double gap = score(rows, kept - 1) - score(rows, kept);
      if (gap > widest) {
        widest = gap;
        best = kept;
      }
    }
    return best;
  }

  private static double betweenRows(Tensor rows, int kept) {
    return kept == 0 ? 0 : (score(rows, kept - 1) + score(rows, kept)) / 2;
  }

  /// The score of a row; 0 behind the last.
  private static double score(Tensor rows, int row) {
    return row < rows.shape().extent(0)
        ? rows.getDouble(row * DETECTION_COLUMNS + SCORE_COLUMN)
        : 0;
  }

  /// What the frame has of extents that only a run knows: two of the outermost axes, which are
  /// batches and cost the most, and of others two thirds, so that rows end before their room does.
  private static Map<String, Long> numbers(List<Port> ports) {
    Map<String, Long> numbers = new HashMap<>();
    for (Port port : ports) {
      for (int axis = 0; axis < port.shape().rank(); axis++) {
        if (port.shape().dimensions().get(axis) instanceof Dimension.Bounded(Count count)) {
          long most = count.maximum();
          long number = axis == 0 ? Math.min(most, FRAMES) : Math.ceilDiv(2 * most, 3);
          count.name().ifPresent(name -> numbers.putIfAbsent(name.text(), number));
        }
      }
    }
    return numbers;
  }

  private static Tensor input(Port port, Map<String, Long> numbers, int number) {
    Shape shape =
        port instanceof Port.Image(var _, Port.Color color)
            ? Shape.of(PICTURE_HEIGHT, PICTURE_WIDTH, color.channels())
            : port.shape().in(numbers);
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
    double largest =
        Arrays.stream(expected.toDoubles()).filter(Double::isFinite).map(Math::abs).max().orElse(0);
    return expected.element().isFloat() ? largest * SHARE_OF_LARGEST + SMALLEST_TOLERANCE : 0;
  }
}
