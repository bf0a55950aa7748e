package io.edgewright.compiler.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// What a report shows of a network beside its layers: how they hang together, where their results
/// lie and when, and what the manifest allows.
///
/// @param inputs of the graph
/// @param nodes in the order in which they run
/// @param steps for each function of the program the node that it computes
/// @param buffers of the arena, largest first
public record Portrait(
    List<Made> inputs,
    List<Drawn> nodes,
    List<String> steps,
    List<Held> buffers,
    Optional<Double> budgetMillis,
    Optional<Long> budgetBytes) {
  /// A value.
  public record Made(String name, String type) {}

  /// A node. What it reads is given by the index of the node that makes it; graph inputs count down
  /// from -1, constants are left out.
  ///
  /// @param depth how many branches and loops it stands in
  /// @param type of its first output
  public record Drawn(String name, String operator, int depth, List<Integer> from, String type) {
    public Drawn {
      from = List.copyOf(from);
    }
  }

  /// A buffer.
  ///
  /// @param first index of the first step that touches it
  /// @param last index of the last one
  public record Held(long offset, long bytes, int first, int last) {}

  public Portrait {
    inputs = List.copyOf(inputs);
    nodes = List.copyOf(nodes);
    steps = List.copyOf(steps);
    buffers = List.copyOf(buffers);
  }

  /// Of a program that nothing is known of but its code.
  static final Portrait EMPTY =
      new Portrait(List.of(), List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());

  /// The member `budget`.
  void putBudget(ObjectNode report) {
    ObjectNode budget = report.putObject("budget");
    budgetMillis.ifPresent(millis -> budget.put("latencyMillis", millis));
    budgetBytes.ifPresent(bytes -> budget.put("memoryBytes", bytes));
  }

  /// The members `graph` and `memory`.
  void putDrawings(ObjectNode report) {
    ObjectNode graph = report.putObject("graph");
    ArrayNode made = graph.putArray("inputs");
    inputs.forEach(input -> made.addObject().put("name", input.name()).put("type", input.type()));
    graph.set("nodes", Json.array(nodes.stream().map(Portrait::node).toList()));
    ObjectNode memory = report.putObject("memory");
    memory.set("steps", Json.texts(steps));
    memory.set("buffers", Json.array(buffers.stream().map(Portrait::buffer).toList()));
  }

  private static ObjectNode node(Drawn node) {
    ObjectNode json = Json.object().put("name", node.name()).put("operator", node.operator());
    if (node.depth() > 0) {
      json.put("depth", node.depth());
    }
    ArrayNode from = json.putArray("from");
    node.from().forEach(from::add);
    return json.put("type", node.type());
  }

  private static ObjectNode buffer(Held buffer) {
    return Json.object()
        .put("offset", buffer.offset())
        .put("bytes", buffer.bytes())
        .put("first", buffer.first())
        .put("last", buffer.last());
  }
}
