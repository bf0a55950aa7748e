package io.edgewright.compiler.graph;

import static io.edgewright.compiler.graph.OperandException.require;

import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Types of the operators that run graphs.
final class ControlRules {
  private static final TensorType COUNT = new TensorType(ElementType.INT64, Shape.SCALAR);
  private static final TensorType CONDITION = new TensorType(ElementType.BOOL, Shape.SCALAR);

  private ControlRules() {}

  static List<TensorType> branches(Op.If op, List<TensorType> inputs) {
    same("the condition", List.of(inputs.getFirst()), List.of(CONDITION));
    List<TensorType> captured = inputs.subList(1, inputs.size());
    same("inputs of the first branch", types(op.then().inputs()), captured);
    same("inputs of the second branch", types(op.otherwise().inputs()), captured);
    List<TensorType> outputs = types(op.then().outputs());
    same("results of the second branch", types(op.otherwise().outputs()), outputs);
    return outputs;
  }

  static List<TensorType> loop(Op.Loop op, List<TensorType> inputs) {
    List<TensorType> controls = op.conditional() ? List.of(COUNT, CONDITION) : List.of(COUNT);
    same("rounds and condition", inputs.subList(0, op.controls()), controls);
    List<TensorType> given = inputs.subList(op.controls(), inputs.size());
    List<TensorType> read = types(op.body().inputs());
    same("the number of the round", List.of(read.getFirst()), List.of(COUNT));
    same("inputs of the body", read.subList(1, read.size()), given);
    List<TensorType> made = types(op.body().outputs());
    if (op.conditional()) {
      same("the condition that the body makes", List.of(made.removeFirst()), List.of(CONDITION));
    }
    List<TensorType> outputs = new ArrayList<>(given.subList(0, op.carried()));
    same("carried values that the body makes", made.subList(0, op.carried()), outputs);
    require(
        op.most() != Op.Loop.UNBOUNDED || op.rows().isEmpty(),
        "stacks of a loop without a bound",
        "a loop with a bound");
    checkRows(op);
    made.subList(op.carried(), made.size()).forEach(row -> outputs.add(stack(row, op.rounds())));
    outputs.add(COUNT);
    return outputs;
  }

  /// Rows of one stack have one shape: what a round finds out differs from that of another.
  private static void checkRows(Op.Loop op) {
    Set<Count.Name> known = names(op.body().inputs());
    require(
        known.containsAll(names(op.rows())),
        "rows " + op.rows() + ", whose extents each round finds out anew",
        "rows of one shape");
  }

  private static Set<Count.Name> names(List<Value> values) {
    return values.stream()
        .flatMap(value -> value.shape().dimensions().stream())
        .flatMap(dimension -> dimension.count().terms().stream())
        .flatMap(term -> term.names().stream())
        .collect(Collectors.toSet());
  }

  private static TensorType stack(TensorType row, Dimension rounds) {
    List<Dimension> dimensions = new ArrayList<>(List.of(rounds));
    dimensions.addAll(row.shape().dimensions());
    return row.withShape(new Shape(dimensions));
  }

  private static void same(String role, List<TensorType> seen, List<TensorType> allowed) {
    require(seen.equals(allowed), role + " " + seen, allowed.toString());
  }

  private static List<TensorType> types(List<Value> values) {
    return new ArrayList<>(values.stream().map(Value::type).toList());
  }
}
