package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.Stmt;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.schedule.lowering.CopyLowering;
import io.edgewright.compiler.schedule.lowering.LoweringContext;
import io.edgewright.compiler.schedule.lowering.StackLowering;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A carried value has one place for the whole loop, that of the node's output: it starts with a
/// copy of the initial value, and each round replaces it. Where the body reads the old value for
/// the last time before it writes the new one, the new one is written there at once; else it is
/// written beside it and copied when the round ends. Rows are copied into their stack. The number
/// of the round is counted in the place of the node's last output.
final class LoopLowering {
  private final LoweringContext context;
  private final Node node;
  private final Op.Loop op;
  private final List<View> outputs;

  private LoopLowering(LoweringContext context, Node node, Op.Loop op) {
    this.context = context;
    this.node = node;
    this.op = op;
    this.outputs = node.outputs().stream().map(context::view).toList();
  }

  static void lower(LoweringContext context, Node node, Op.Loop op) {
    new LoopLowering(context, node, op).lower();
  }

  private void lower() {
    for (int i = 0; i < op.carried(); i++) {
      CopyLowering.lower(context, node, context.view(carriedInput(i)), outputs.get(i));
    }
    Optional<View> condition = op.conditional() ? Optional.of(startCondition()) : Optional.empty();
    List<Step> body = body(condition);
    context.add(
        new Step.Repeat(
            Pointer.to(counter(), "round", true),
            most(),
            trips().map(view -> Pointer.to(view, "rounds", false)),
            condition.map(view -> Pointer.to(view, "condition", false)),
            body));
    if (op.rounds() instanceof Dimension.Bounded(Count count)) {
      defineRounds(count.name().orElseThrow().text());
    }
  }

  /// From here on the extent of the stacks is known.
  private void defineRounds(String name) {
    LoopBuilder builder = context.function("rounds", node, "how many rounds there were");
    Pointer rounds = builder.reads("rounds", counter());
    builder.emit(new Stmt.Define(name, new Expr.Load(rounds, Expr.zero(), VectorType.INDEX)));
    context.add(builder.finish(1));
  }

  private Value carriedInput(int index) {
    return node.input(op.controls() + index);
  }

  private View counter() {
    return outputs.getLast();
  }

  private Optional<View> trips() {
    return context.graph().isConstant(node.input(0))
        ? Optional.empty()
        : Optional.of(context.view(node.input(0)));
  }

  private long most() {
    return trips().isPresent()
        ? op.most()
        : Math.clamp(context.graph().constant(node.input(0)).getLong(0), 0, op.most());
  }

  private View startCondition() {
    View start = context.view(node.input(1));
    View condition = context.scratch(start.element(), start.shape(), List.of());
    CopyLowering.lower(context, node, start, condition);
    return condition;
  }

  private List<Step> body(Optional<View> condition) {
    List<View> inputs = new ArrayList<>(List.of(counter()));
    inputs.addAll(outputs.subList(0, op.carried()));
    node.inputs().stream()
        .skip(op.controls() + op.carried())
        .forEach(captured -> inputs.add(context.view(captured)));
    List<View> results = new ArrayList<>(condition.stream().toList());
    for (int i = 0; i < op.carried(); i++) {
      results.add(next(i));
    }
    op.rows().forEach(row -> results.add(beside(row)));
    List<Step> steps =
        new ArrayList<>(Scheduler.steps(op.body(), new Boundary(inputs, results), context.parts()));
    steps.addAll(endOfRound(results.subList(condition.isPresent() ? 1 : 0, results.size())));
    return steps;
  }

  /// Where a round leaves a carried value.
  private View next(int index) {
    Value old = op.body().inputs().get(1 + index);
    Value made = op.body().outputs().get((op.conditional() ? 1 : 0) + index);
    return Replacement.isSafe(op.body(), old, made) ? outputs.get(index) : beside(made);
  }

  /// @param results where the round left carried values and rows
  private List<Step> endOfRound(List<View> results) {
    LoweringContext after = new LoweringContext(context.graph(), Map.of(), context.parts());
    for (int i = 0; i < results.size(); i++) {
      View result = results.get(i);
      View place = outputs.get(i);
      if (i >= op.carried()) {
        StackLowering.lower(after, node, result, place, counter());
      } else if (!result.sameMemory(place)) {
        CopyLowering.lower(after, node, result, place);
      }
    }
    return after.steps();
  }

  private View beside(Value value) {
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < value.shape().rank(); axis++) {
      order.add(axis);
    }
    return context.scratch(value.type().element(), value.shape(), order);
  }
}
