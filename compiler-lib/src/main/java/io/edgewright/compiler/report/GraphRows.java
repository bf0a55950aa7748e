package io.edgewright.compiler.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the drawing of a network shows: a row for every input, then one for every node in the order
/// of execution. Of a large network several neighbours share a row.
final class GraphRows {
  private static final int MOST_ROWS = 250;

  /// @param title the operator, or what is in a group
  /// @param names of the nodes
  /// @param type of what is made
  /// @param depth how many branches and loops it stands in
  /// @param from rows whose values are read, each once
  record Row(
      String title, String names, String type, int depth, Set<Integer> from, double micros) {}

  private GraphRows() {}

  /// @param report as `report.json` has it
  static List<Row> of(JsonNode report) {
    JsonNode inputs = report.at("/graph/inputs");
    JsonNode nodes = report.at("/graph/nodes");
    LayerTimes times = new LayerTimes(report.path("layers"));
    List<Row> rows = new ArrayList<>();
    for (JsonNode input : inputs) {
      String type = input.path("type").asText();
      rows.add(new Row("input", input.path("name").asText(), type, 0, Set.of(), 0));
    }
    int perRow = Math.ceilDiv(nodes.size(), MOST_ROWS);
    for (int first = 0; first < nodes.size(); first += perRow) {
      List<JsonNode> group = new ArrayList<>();
      for (int at = first; at < Math.min(first + perRow, nodes.size()); at++) {
        group.add(nodes.get(at));
      }
      rows.add(row(group, rows.size(), inputs.size(), perRow, times));
    }
    return rows;
  }

  private static Row row(List<JsonNode> group, int row, int inputs, int perRow, LayerTimes times) {
    Set<Integer> from = new LinkedHashSet<>();
    double micros = 0;
    for (JsonNode node : group) {
      for (JsonNode source : node.path("from")) {
        int made = source.asInt();
        // Inputs count down from -1, nodes up from 0.
        from.add(made < 0 ? -1 - made : inputs + made / perRow);
      }
      micros += times.take(node);
    }
    from.remove(row);
    JsonNode last = group.getLast();
    String names =
        group.stream().map(node -> node.path("name").asText()).collect(Collectors.joining(", "));
    return new Row(
        title(group),
        names,
        last.path("type").asText(),
        group.getFirst().path("depth").asInt(),
        from,
        micros);
  }

  private static String title(List<JsonNode> group) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    group.forEach(node -> counts.merge(node.path("operator").asText(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(kind -> kind.getKey() + (kind.getValue() > 1 ? " \u00d7 " + kind.getValue() : ""))
        .collect(Collectors.joining(", "));
  }

  /// Layers stand in the order of nodes; nodes that cost nothing have none.
  private static final class LayerTimes {
    private final JsonNode layers;
    private final Set<Integer> taken = new LinkedHashSet<>();

    LayerTimes(JsonNode layers) {
      this.layers = layers;
    }

    double take(JsonNode node) {
      for (int at = 0; at < layers.size(); at++) {
        JsonNode layer = layers.get(at);
        if (layer.path("name").equals(node.path("name"))
            && layer.path("operator").equals(node.path("operator"))
            && taken.add(at)) {
          return layer.path("predictedMicros").asDouble();
        }
      }
      return 0;
    }
  }
}
