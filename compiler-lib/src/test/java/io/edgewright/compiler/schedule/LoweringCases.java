package io.edgewright.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.CompiledGraph;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Operators on their own, many in one graph, so that they are compiled together: what the compiled
/// code gives must be what the interpreter gives.
///
/// Every case runs three times: as it is, with inputs and outputs in the reverse order of axes in
/// memory, and with the first input every second element of a larger buffer.
final class LoweringCases {
  private final Random random = new Random(7);
  private final GraphBuilder builder = new GraphBuilder();
  private final List<Tensor> inputs = new ArrayList<>();
  private int values;

  /// Numbers between -1 and 1, or small integers.
  Tensor random(ElementType element, long... extents) {
    Shape shape = Shape.of(extents);
    double[] numbers = new double[Math.toIntExact(shape.elements())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (element.kind()) {
            case FLOAT -> random.nextDouble() * 2 - 1;
            case SIGNED -> random.nextInt(19) - 9;
            case UNSIGNED -> random.nextInt(19);
            case BOOLEAN -> random.nextInt(2);
          };
    }
    return Tensor.ofDoubles(element, shape, numbers);
  }

  /// Bytes of every value.
  Tensor bytes(ElementType element, long... extents) {
    Shape shape = Shape.of(extents);
    int least = element == ElementType.INT8 ? Byte.MIN_VALUE : 0;
    return Tensor.ofIntegers(
        element, shape, random.ints(shape.elements(), least, least + 256).asLongStream().toArray());
  }

  Tensor floats(long... extents) {
    return random(ElementType.FLOAT32, extents);
  }

  /// A case whose first operand is an input of the graph and whose others are too.
  LoweringCases add(Op op, Tensor... operands) {
    return add(op, false, operands);
  }

  /// A case whose other operands are constants.
  LoweringCases addWithConstants(Op op, Tensor... operands) {
    return add(op, true, operands);
  }

  private LoweringCases add(Op op, boolean constants, Tensor... operands) {
    List<Value> asTheyAre = new ArrayList<>();
    List<Value> turned = new ArrayList<>();
    List<Value> spread = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      if (constants && i > 0) {
        Value constant = builder.constant("c" + values++, operands[i]);
        List.of(asTheyAre, turned, spread).forEach(list -> list.add(constant));
      } else {
        asTheyAre.add(input(operands[i]));
        turned.add(turned(operands[i]));
        spread.add(i == 0 ? everySecond(operands[i]) : asTheyAre.get(i));
      }
    }
    node(op, asTheyAre, false);
    node(op, turned, true);
    node(op, spread, false);
    return this;
  }

  /// A view of a tensor whose axes lie the other way round.
  private Value turned(Tensor tensor) {
    Op turn = reverse(tensor.shape().rank());
    return builder.add("turn", turn, input(Interpreter.run(turn, List.of(tensor)).getFirst()));
  }

  private static Op reverse(int rank) {
    return new Op.Transpose(IntStream.range(0, rank).boxed().toList().reversed());
  }

  private Value input(Tensor tensor) {
    inputs.add(tensor);
    return builder.input("x" + values++, tensor.type());
  }

  /// A view of every second element along every axis.
  private Value everySecond(Tensor tensor) {
    long[] extents = tensor.shape().extents();
    long[] doubled = IntStream.range(0, extents.length).mapToLong(i -> 2 * extents[i]).toArray();
    Value larger = input(random(tensor.element(), doubled));
    List<Long> ones = IntStream.range(0, extents.length).mapToObj(_ -> 1L).toList();
    List<Long> twos = ones.stream().map(one -> 2 * one).toList();
    return builder.add("every second", new Op.Slice(ones, tensor.shape(), twos), larger);
  }

  private void node(Op op, List<Value> operands, boolean turned) {
    for (Value made : builder.addAll(op.toString(), op, operands)) {
      Value result = turned ? builder.add("turn", reverse(made.shape().rank()), made) : made;
      builder.output(values++ + " " + op + " of " + operands.getFirst().type(), result);
    }
  }

  /// Compiles all cases for a target and compares every element.
  void matchTheReference(String target, double tolerance) {
    Graph graph = builder.build();
    List<Tensor> expected = Interpreter.run(graph, inputs);
    try (CompiledGraph compiled = CompiledGraph.of(graph, target)) {
      List<Tensor> actual = compiled.run(inputs);
      for (int i = 0; i < expected.size(); i++) {
        String name = graph.outputs().get(i).name();
        compare(name, actual.get(i).toDoubles(), expected.get(i).toDoubles(), tolerance);
      }
    }
  }

  private static void compare(String name, double[] actual, double[] expected, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      double most = tolerance * Math.max(1, Math.abs(expected[i]));
      boolean same =
          Double.compare(actual[i], expected[i]) == 0 || Math.abs(actual[i] - expected[i]) <= most;
      assertThat(same).as("%s [%d]: expected %s, got %s", name, i, expected[i], actual[i]).isTrue();
    }
  }
}
