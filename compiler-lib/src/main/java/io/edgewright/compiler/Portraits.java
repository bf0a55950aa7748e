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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Draws portraits of optimised graphs and of their programs.
final class Portraits {
  private final List<Made> inputs = new ArrayList<>();
  private final List<Drawn> nodes = new ArrayList<>();

  /// Where each value is made, as [Drawn] counts; in several places if branches make it. What
  /// stands in a branch or a loop may have names of its own that are used outside too.
  private Map<Value, List<Integer>> makers = new HashMap<>();

  private Portraits() {}

  static Portrait of(Graph graph, Program program, Budget budget) {
    Portraits portraits = new Portraits();
    graph.inputs().forEach(portraits::input);
    portraits.nodes(graph, 0);
    return new Portrait(
        portraits.inputs,
        portraits.nodes,
        program.functions().stream().map(LoopFunction::origin).toList(),
        buffers(program.memory()),
        budget.latencyMillis(),
        budget.memoryBytes());
  }

  private void input(Value input) {
    makers.put(input, List.of(-1 - inputs.size()));
    inputs.add(new Made(input.name(), input.type().toString()));
  }

  private void nodes(Graph graph, int depth) {
    graph.nodes().forEach(node -> node(node, depth));
  }

  /// A branch or a loop, then what stands in it; what comes out is made there.
  private void node(Node node, int depth) {
    List<Integer> here = List.of(nodes.size());
    String type = node.outputs().getFirst().type().toString();
    String operator = node.op().getClass().getSimpleName();
    nodes.add(new Drawn(node.name(), operator, depth, makers(node.inputs()), type));
    Set<Integer> made = new LinkedHashSet<>();
    for (Graph body : node.op().bodies()) {
      made.addAll(body(body, here, depth + 1));
    }
    List<Integer> from = made.isEmpty() ? here : List.copyOf(made);
    node.outputs().forEach(output -> makers.put(output, from));
  }

  /// @return where its outputs are made
  private List<Integer> body(Graph body, List<Integer> entrance, int depth) {
    Map<Value, List<Integer>> outside = makers;
    makers = new HashMap<>();
    body.inputs().forEach(input -> makers.put(input, entrance));
    nodes(body, depth);
    List<Integer> results = makers(body.outputs());
    makers = outside;
    return results;
  }

  private List<Integer> makers(List<Value> values) {
    return values.stream()
        .flatMap(value -> makers.getOrDefault(value, List.of()).stream())
        .distinct()
        .toList();
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
