package io.edgewright.compiler;

import io.edgewright.compiler.bundle.Portrait;
import io.edgewright.compiler.bundle.Portrait.Drawn;
import io.edgewright.compiler.bundle.Portrait.Held;
import io.edgewright.compiler.bundle.Portrait.Made;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.manifest.Budget;
import io.edgewright.compiler.schedule.MemoryPlan;
import io.edgewright.compiler.schedule.Program;
import io.edgewright.compiler.schedule.loops.LoopFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Draws portraits of optimised graphs and of their programs.
final class Portraits {
  private final List<Made> inputs = new ArrayList<>();
  private final List<Drawn> nodes = new ArrayList<>();

  /// Where each value is made, as [Drawn] counts.
  private final Map<Value, Integer> makers = new HashMap<>();

  private Portraits() {}

  static Portrait of(Graph graph, Program program, Budget budget) {
    Portraits portraits = new Portraits();
    graph.inputs().forEach(portraits::input);
    graph.nodes().forEach(portraits::node);
    return new Portrait(
        portraits.inputs,
        portraits.nodes,
        program.functions().stream().map(LoopFunction::origin).toList(),
        buffers(program.memory()),
        budget.latencyMillis(),
        budget.memoryBytes());
  }

  private void input(Value input) {
    makers.put(input, -1 - inputs.size());
    inputs.add(new Made(input.name(), input.type().toString()));
  }

  private void node(Node node) {
    List<Integer> from =
        node.inputs().stream().filter(makers::containsKey).map(makers::get).distinct().toList();
    node.outputs().forEach(output -> makers.put(output, nodes.size()));
    String type = node.outputs().getFirst().type().toString();
    nodes.add(new Drawn(node.name(), node.op().getClass().getSimpleName(), 0, from, type));
  }

  private static List<Held> buffers(MemoryPlan memory) {
    return memory.lifetimes().entrySet().stream()
        .map(entry ->
            new Held(
                memory.offset(entry.getKey()),
                entry.getKey().bytes(),
                entry.getValue().first(),
                entry.getValue().last()))
        .sorted((a, b) -> Long.compare(b.bytes(), a.bytes()))
        .toList();
  }
}
