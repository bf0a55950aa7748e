package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// Operators that run graphs.
final class ControlReference {
  private final BiFunction<Graph, List<Numbers>, List<Numbers>> bodies;

  /// @param bodies runs a graph inside of an operator
  ControlReference(BiFunction<Graph, List<Numbers>, List<Numbers>> bodies) {
    this.bodies = bodies;
  }

  List<Numbers> branch(Op.If op, List<Numbers> inputs) {
    boolean condition = inputs.getFirst().toDoubles()[0] != 0;
    return bodies.apply(condition ? op.then() : op.otherwise(), inputs.subList(1, inputs.size()));
  }

  List<Numbers> run(Op.Loop op, List<Numbers> inputs, List<TensorType> types) {
    long most = Math.min(op.most(), (long) inputs.getFirst().toDoubles()[0]);
    boolean more = !op.conditional() || inputs.get(1).toDoubles()[0] != 0;
    List<Numbers> given = inputs.subList(op.controls(), inputs.size());
    List<Numbers> captured = given.subList(op.carried(), given.size());
    List<Numbers> carried = List.copyOf(given.subList(0, op.carried()));
    List<List<Numbers>> rounds = new ArrayList<>();
    long round = 0;
    for (; round < most && more; round++) {
      List<Numbers> operands = new ArrayList<>(List.of(count(round)));
      operands.addAll(carried);
      operands.addAll(captured);
      List<Numbers> made = new ArrayList<>(bodies.apply(op.body(), operands));
      more = !op.conditional() || made.removeFirst().toDoubles()[0] != 0;
      carried = List.copyOf(made.subList(0, op.carried()));
      if (!op.rows().isEmpty()) {
        rounds.add(List.copyOf(made.subList(op.carried(), made.size())));
      }
    }
    List<Numbers> outputs = new ArrayList<>(carried);
    for (int row = 0; row < op.rows().size(); row++) {
      TensorType type = types.get(op.carried() + row);
      if (op.rounds() instanceof Dimension.Bounded) {
        type = type.withShape(type.shape().with(0, round));
      }
      outputs.add(stack(type, row, rounds));
    }
    outputs.add(count(round));
    return outputs;
  }

  private static Numbers count(long number) {
    return Numbers.of(Tensor.ofLongs(Shape.SCALAR, number));
  }

  private static Numbers stack(TensorType type, int row, List<List<Numbers>> rounds) {
    Numbers stack = Numbers.allocate(type);
    int at = 0;
    for (List<Numbers> round : rounds) {
      Numbers numbers = round.get(row);
      switch (stack) {
        case Numbers.Reals(var _, double[] values) ->
            System.arraycopy(numbers.toDoubles(), 0, values, at, numbers.size());
        case Numbers.Wholes(var _, long[] values) ->
            System.arraycopy(((Numbers.Wholes) numbers).values(), 0, values, at, numbers.size());
      }
      at += numbers.size();
    }
    return stack;
  }
}
