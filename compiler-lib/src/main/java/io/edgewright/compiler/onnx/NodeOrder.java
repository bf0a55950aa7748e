package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.onnx.operators.OnnxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/// An order in which every node comes after those that it reads: the model's own order where that
/// is one already. ONNX demands it, but not all tools obey.
final class NodeOrder {
  private final List<NodeProto> nodes;
  private final Map<String, Integer> producers = new HashMap<>();
  private final int[] missing;
  private final List<List<Integer>> readers = new ArrayList<>();

  private NodeOrder(List<NodeProto> nodes) {
    this.nodes = nodes;
    this.missing = new int[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      readers.add(new ArrayList<>());
      for (String output : nodes.get(i).getOutputList()) {
        producers.putIfAbsent(output, i);
      }
    }
  }

  /// @param problems gets one more when nodes wait for each other; those are left out
  static List<NodeProto> sort(List<NodeProto> nodes, List<Problem> problems) {
    return new NodeOrder(nodes).sort(problems);
  }

  private List<NodeProto> sort(List<Problem> problems) {
    for (int i = 0; i < nodes.size(); i++) {
      for (String input : NestedGraphs.reads(nodes.get(i))) {
        Integer producer = producers.get(input);
        if (producer != null) {
          readers.get(producer).add(i);
          missing[i]++;
        }
      }
    }
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < missing.length; i++) {
      if (missing[i] == 0) {
        ready.add(i);
      }
    }
    List<NodeProto> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      sorted.add(nodes.get(next));
      for (int reader : readers.get(next)) {
        if (--missing[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    if (sorted.size() < nodes.size()) {
      problems.add(cycle());
    }
    return sorted;
  }

  private Problem cycle() {
    List<NodeProto> waiting = new ArrayList<>();
    for (int i = 0; i < missing.length; i++) {
      if (missing[i] > 0) {
        waiting.add(nodes.get(i));
      }
    }
    NodeProto first = waiting.getFirst();
    return new Problem(
        ErrorCode.GRAPH_INVALID,
        Location.node(OnnxNode.nameOf(first), first.getOpType()),
        "nodes that wait for each other: "
            + waiting.stream()
                .limit(8)
                .map(node -> "`" + OnnxNode.nameOf(node) + "`")
                .collect(Collectors.joining(", ")),
        "a graph without cycles",
        "export the model again; loops are written with Loop or Scan");
  }
}
