package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Operators that run graphs.
final class ControlReference {
  private final Op.Loop op;
  private final boolean rounding;

  /// @param rounding whether each value is rounded where it is made
  ControlReference(Op.Loop op, boolean rounding) {
    this.op = op;
    this.rounding = rounding;
  }

  static List<Numbers> branch(Op.If op, List<Numbers> inputs, boolean rounding) {
    boolean condition = inputs.getFirst().toDoubles()[0] != 0;
    return Interpreter.evaluate(
        condition ? op.then() : op.otherwise(), inputs.subList(1, inputs.size()), rounding);
  }

  List<Numbers> run(List<Numbers> inputs, List<TensorType> types) {
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
      List<Numbers> made = new ArrayList<>(Interpreter.evaluate(op.body(), operands, rounding));
      more = !op.conditional() || made.removeFirst().toDoubles()[0] != 0;
      carried = List.copyOf(made.subList(0, op.carried()));
      if (!op.rows().isEmpty()) {
        rounds.add(List.copyOf(made.subList(op.carried(), made.size())));
      }
    }
    List<Numbers> outputs = new ArrayList<>(carried);
    for (int row = 0; row < op.rows().size(); row++) {
      outputs.add(stack(types.get(op.carried() + row), row, rounds));
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
