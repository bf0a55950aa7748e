package io.edgewright.compiler.schedule;

import static io.edgewright.compiler.tensor.ElementType.FLOAT32;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.CompiledGraph;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Inputs of which only a run knows how large they are: whatever sums, searches or multiplies along
/// such an axis stops where the elements end, and every output has the shape of the run.
class RunTimeInputsTest {
  private static final int BATCH = 3;
  private static final int LENGTH = 37;
  private static final int WIDTH = 24;
  private static final Dimension BATCHES = Dimension.range("batch", BATCH);
  private static final Dimension TOKENS = Dimension.range("length", LENGTH);

  private final GraphBuilder builder = new GraphBuilder();
  private final Value x =
      builder.input("x", new TensorType(FLOAT32, shape(BATCHES, TOKENS, Dimension.of(WIDTH))));

  @Test
  void attendsToWhatIsThere() {
    Value weights = builder.constant("w", random(WIDTH, WIDTH));
    Value query = heads(product(x, weights));
    Value keys = add(new Op.Transpose(List.of(0, 1, 3, 2)), heads(x));
    Value scores = add(new Op.Softmax(3, false), product(query, keys));
    Value mixed = add(new Op.Transpose(List.of(0, 2, 1, 3)), product(scores, heads(x)));
    output(add(new Op.Reshape(x.shape()), mixed));
    output(scores);
    checkAllExtents();
  }

  @Test
  void reducesWhatIsThere() {
    for (Op.ReduceKind kind : Op.ReduceKind.values()) {
      output(add(new Op.Reduce(kind, List.of(1)), x));
      output(add(new Op.Reduce(kind, List.of(0, 2)), x));
    }
    Value turned = add(new Op.Transpose(List.of(2, 0, 1)), x);
    Value copy = add(new Op.Map(twice()), turned);
    output(add(new Op.Reduce(Op.ReduceKind.MEAN, List.of(2)), copy));
    output(add(new Op.Softmax(2, true), copy));
    output(add(new Op.Softmax(1, false), x));
    output(add(new Op.ArgumentReduce(1, true, false), x));
    output(add(new Op.ArgumentReduce(0, false, true), x));
    checkAllExtents();
  }

  @Test
  void movesWhatIsThere() {
    Count tokens = BATCHES.count().times(TOKENS.count());
    Shape merged = shape(Dimension.of(tokens), Dimension.of(WIDTH));
    Value lines = add(new Op.Reshape(merged), x);
    output(add(new Op.Map(twice()), lines));
    Value product = product(lines, builder.constant("v", random(WIDTH, WIDTH)));
    output(add(new Op.Reshape(x.shape()), product));
    Value first = builder.constant("first", random(1, 1, WIDTH));
    Value starts = add(new Op.Expand(shape(BATCHES, Dimension.of(1), Dimension.of(WIDTH))), first);
    output(add(new Op.Concat(1), starts, x, x));
    output(add(new Op.Concat(2), x, x));
    output(add(new Op.Transpose(List.of(1, 0, 2)), x));
    Value table = builder.constant("table", random(1, LENGTH + 3, WIDTH));
    Shape part = shape(Dimension.of(1), TOKENS, Dimension.of(WIDTH));
    Value places = add(new Op.Slice(List.of(0L, 2L, 0L), part, List.of(1L, 1L, 1L)), table);
    output(add(new Op.Map(sum()), x, places));
    Value last = builder.constant("last", Tensor.ofLongs(Shape.SCALAR, -1));
    output(add(new Op.Gather(1), x, last));
    output(add(new Op.Extents(), x));
    checkAllExtents();
  }

  private Value heads(Value value) {
    Shape split = shape(BATCHES, TOKENS, Dimension.of(3), Dimension.of(WIDTH / 3));
    return add(new Op.Transpose(List.of(0, 2, 1, 3)), add(new Op.Reshape(split), value));
  }

  private Value product(Value left, Value right) {
    return add(new Op.MatrixMultiply(Expression.identity()), left, right);
  }

  private Value add(Op op, Value... operands) {
    return builder.add(op.getClass().getSimpleName(), op, operands);
  }

  private void output(Value value) {
    builder.output("out " + value.name(), value);
  }

  private void checkAllExtents() {
    Graph graph = builder.build();
    try (CompiledGraph compiled = CompiledGraph.of(PassList.run(graph), "host")) {
      for (int batch : new int[] {BATCH, 1, 2}) {
        for (int length : new int[] {LENGTH, 1, 2, 8, 19, 32}) {
          List<Tensor> inputs = List.of(random(batch, length, WIDTH));
          check(compiled.run(inputs), Interpreter.run(graph, inputs));
        }
      }
    }
  }

  private static void check(List<Tensor> got, List<Tensor> wanted) {
    assertThat(got).extracting(Tensor::type).isEqualTo(wanted.stream().map(Tensor::type).toList());
    for (int output = 0; output < got.size(); output++) {
      float[] values = got.get(output).toFloats();
      float[] expected = wanted.get(output).toFloats();
      for (int i = 0; i < values.length; i++) {
        assertThat(Math.abs(values[i] - expected[i]))
            .as("output %d, element %d: %s and %s", output, i, values[i], expected[i])
            .isLessThanOrEqualTo(1e-5f + 1e-5f * Math.abs(expected[i]));
      }
    }
  }

  private static Expression twice() {
    return Expression.apply(ScalarFunction.ADD, Expression.identity(), Expression.identity());
  }

  private static Expression sum() {
    return Expression.apply(ScalarFunction.ADD, new Expression.Input(0), new Expression.Input(1));
  }

  private static Shape shape(Dimension... dimensions) {
    return new Shape(List.of(dimensions));
  }

  private static Tensor random(long... extents) {
    Random random = new Random(extents.length + extents[0]);
    Shape shape = Shape.of(extents);
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return Tensor.ofFloats(shape, values);
  }
}
