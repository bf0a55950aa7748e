package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How many bytes of values wait for their readers while each node runs: what the arena will hold,
/// without what kernels need for themselves. Constants, inputs and outputs of the graph lie
/// elsewhere. A view is the value that it looks at, and a part of a concatenation belongs to the
/// whole, as [io.edgewright.compiler.schedule] will have it.
final class LiveBytes {
  private final Graph graph;
  private final Map<Value, Value> places = new HashMap<>();

  private LiveBytes(Graph graph) {
    this.graph = graph;
  }

  /// For each node, in order.
  static long[] of(Graph graph) {
    LiveBytes live = new LiveBytes(graph);
    live.place();
    return live.bytes();
  }

  /// The most of some nodes.
  ///
  /// @param to the node after the last
  static long most(long[] bytes, int from, int to) {
    return Arrays.stream(bytes, from, to).max().orElse(0);
  }

  private void place() {
    for (Node node : graph.nodes()) {
      switch (node.op()) {
        case Op.Transpose _, Op.Reshape _, Op.Slice _, Op.Expand _ ->
            places.put(node.output(), place(node.input(0)));
        case Op _ -> {}
      }
    }
    for (Node node : graph.nodes().reversed()) {
      if (node.op() instanceof Op.Concat) {
        node.inputs().forEach(part -> places.putIfAbsent(part, node.output()));
      }
    }
  }

  private Value place(Value value) {
    Value place = places.get(value);
    return place == null ? value : place(place);
  }

  private long[] bytes() {
    Set<Value> elsewhere = new HashSet<>(graph.constants().keySet());
    elsewhere.addAll(graph.inputs());
    elsewhere.addAll(graph.outputs());
    Map<Value, Integer> first = new HashMap<>();
    Map<Value, Integer> last = new HashMap<>();
    List<Node> nodes = graph.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      for (Value output : nodes.get(i).outputs()) {
        first.putIfAbsent(place(output), i);
        last.put(place(output), i);
      }
      for (Value input : nodes.get(i).inputs()) {
        last.put(place(input), i);
      }
    }
    long[] live = new long[nodes.size()];
    first.forEach((value, start) -> {
      if (!elsewhere.contains(value) && value.shape().hasCapacity()) {
        for (int i = start; i <= last.getOrDefault(value, start); i++) {
          live[i] += value.type().capacityBytes();
        }
      }
    });
    return live;
  }
}
