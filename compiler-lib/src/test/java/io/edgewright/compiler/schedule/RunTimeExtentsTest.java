package io.edgewright.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.CompiledGraph;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Extents that only a run knows: with none, some and all of the elements that there is room for,
/// compiled code gives what the reference gives, shapes included.
class RunTimeExtentsTest {
  private static final int ROWS = 5;
  private static final int COLUMNS = 19;

  @Test
  void movesAndComputesWhatANonZeroFinds() {
    GraphBuilder builder = new GraphBuilder();
    Value x = builder.input("x", new TensorType(ElementType.FLOAT32, Shape.of(ROWS, COLUMNS)));
    Dimension found = Dimension.upTo("found", ROWS * COLUMNS);
    Value places = builder.add("find", new Op.NonZero(shape(Dimension.of(2), found)), x);
    Value turned = builder.add("turn", new Op.Transpose(List.of(1, 0)), places);
    Value first = slice(builder, places, shape(Dimension.of(1), found));
    Value list = builder.add("list", new Op.Reshape(shape(found)), first);
    Value rows = builder.add("rows", new Op.Gather(0), x, list);
    Value doubled = builder.add("double", new Op.Map(twice()), rows);
    Value last =
        builder.constant("last", Tensor.ofFloats(Shape.of(1, COLUMNS), new float[COLUMNS]));
    Value joined = builder.add("join", new Op.Concat(0), doubled, last, rows);
    builder.output("places", places);
    builder.output("turned", turned);
    builder.output("list", list);
    builder.output("joined", joined);
    builder.output("flat", builder.add("flat", new Op.Reshape(joined.shape().flat()), joined));
    builder.output("merged", builder.add("merge", new Op.Reshape(places.shape().flat()), places));
    builder.output("extents", builder.add("extents", new Op.Extents(), joined));
    builder.output("beside", builder.add("beside", new Op.Concat(1), places, places));
    Value end = builder.constant("end", Tensor.ofLongs(Shape.of(2), -1, 0));
    builder.output("ends", builder.add("ends", new Op.Gather(0), joined, end));
    Graph graph = builder.build();
    try (CompiledGraph compiled = CompiledGraph.of(graph, "host")) {
      for (double share : List.of(0.0, 0.3, 1.0, 0.05, 0.9)) {
        List<Tensor> inputs = List.of(sparse(share));
        assertThat(compiled.run(inputs)).isEqualTo(Interpreter.run(graph, inputs));
      }
    }
  }

  @Test
  void findsEveryRowOnce() {
    for (boolean sorted : List.of(false, true)) {
      for (ElementType type : List.of(ElementType.FLOAT32, ElementType.INT64, ElementType.UINT8)) {
        Graph graph = unique(sorted, type);
        try (CompiledGraph compiled = CompiledGraph.of(graph, "host")) {
          for (int values : new int[] {1, 2, 5, 1000}) {
            List<Tensor> inputs = List.of(rows(type, values));
            assertThat(compiled.run(inputs)).isEqualTo(Interpreter.run(graph, inputs));
          }
        }
      }
    }
  }

  private static Graph unique(boolean sorted, ElementType type) {
    GraphBuilder builder = new GraphBuilder();
    Value x = builder.input("x", rows(type, 1).type());
    Shape found = shape(Dimension.upTo("found", 60), Dimension.of(2));
    for (Value made : builder.addAll("find", new Op.Unique(sorted, found), List.of(x))) {
      builder.output(made.name(), made);
    }
    return builder.build();
  }

  /// Rows of numbers, and where there are floats of NaN, below a number of values.
  private static Tensor rows(ElementType type, int values) {
    Random random = new Random(3);
    double[] numbers = random.ints(120, 0, values).asDoubleStream().toArray();
    if (type.isFloat()) {
      numbers[10] = Double.NaN;
      numbers[30] = Double.NaN;
    }
    return Tensor.ofDoubles(type, Shape.of(60, 2), numbers);
  }

  @Test
  void changesTheRowsThatItIsTold() {
    for (Op.ScatterKind kind : Op.ScatterKind.values()) {
      GraphBuilder builder = new GraphBuilder();
      List<Tensor> inputs =
          List.of(
              rows(ElementType.FLOAT32, 9),
              Tensor.ofLongs(Shape.of(7), 3, 59, 3, -1, 60, 0, Long.MIN_VALUE),
              Tensor.ofFloats(Shape.of(7, 2), 1, 20, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14));
      List<Value> operands = new ArrayList<>();
      inputs.forEach(input -> operands.add(builder.input("x" + operands.size(), input.type())));
      builder.output("y", builder.addAll("scatter", new Op.Scatter(kind), operands).getFirst());
      Graph graph = builder.build();
      try (CompiledGraph compiled = CompiledGraph.of(graph, "host")) {
        assertThat(compiled.run(inputs)).isEqualTo(Interpreter.run(graph, inputs));
      }
    }
  }

  @Test
  void keepsTheBestOfOverlappingBoxes() {
    for (boolean centers : List.of(false, true)) {
      Graph graph = suppression(centers);
      try (CompiledGraph compiled = CompiledGraph.of(graph, "host")) {
        for (long most : new long[] {-3, 0, 1, 4, Long.MAX_VALUE}) {
          for (float threshold : new float[] {-1, 0.5f, 2}) {
            List<Tensor> inputs = boxes(most, threshold);
            assertThat(compiled.run(inputs)).isEqualTo(Interpreter.run(graph, inputs));
          }
        }
      }
    }
  }

  private static Graph suppression(boolean centers) {
    GraphBuilder builder = new GraphBuilder();
    List<Tensor> samples = boxes(0, 0);
    List<Value> inputs = new ArrayList<>();
    for (Tensor sample : samples) {
      inputs.add(builder.input("x" + inputs.size(), sample.type()));
    }
    Shape kept = shape(Dimension.upTo("kept", 2 * 3 * 40), Dimension.of(3));
    Op op = new Op.NonMaxSuppression(centers, kept);
    builder.output("kept", builder.addAll("suppress", op, inputs).getFirst());
    return builder.build();
  }

  /// Of two pictures and three classes; some scores are equal, some are not numbers.
  private static List<Tensor> boxes(long most, float threshold) {
    Random random = new Random(11);
    float[] boxes = new float[2 * 40 * 4];
    for (int i = 0; i < boxes.length; i++) {
      boxes[i] = random.nextInt(24);
    }
    float[] scores = new float[2 * 3 * 40];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i % 31 == 0 ? Float.NaN : random.nextInt(16) / 16f;
    }
    return List.of(
        Tensor.ofFloats(Shape.of(2, 40, 4), boxes),
        Tensor.ofFloats(Shape.of(2, 3, 40), scores),
        Tensor.ofLongs(Shape.SCALAR, most),
        Tensor.ofFloats(Shape.SCALAR, 0.3f),
        Tensor.ofFloats(Shape.SCALAR, threshold));
  }

  private static Value slice(GraphBuilder builder, Value value, Shape taken) {
    return builder.add("slice", new Op.Slice(List.of(0L, 0L), taken, List.of(1L, 1L)), value);
  }

  private static Expression twice() {
    return Expression.apply(ScalarFunction.ADD, Expression.identity(), Expression.identity());
  }

  private static Shape shape(Dimension... dimensions) {
    return new Shape(List.of(dimensions));
  }

  /// @param share of elements that are not zero
  private static Tensor sparse(double share) {
    Random random = new Random(7);
    float[] values = new float[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble() < share ? i + 1 : 0;
    }
    return Tensor.ofFloats(Shape.of(ROWS, COLUMNS), values);
  }
}
