package io.edgewright.compiler;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What `--explain-accuracy` tells of one target: every value of the optimised network beside the
/// reference, in the order in which they are computed.
record AccuracyReport(String target, List<NodeAccuracy> nodes) {
  private static final int ELLIPSIS = 3;

  AccuracyReport {
    nodes = List.copyOf(nodes);
  }

  /// The first node that rounding does not explain.
  Optional<NodeAccuracy> firstDeparture() {
    return nodes.stream().filter(NodeAccuracy::departs).findFirst();
  }

  /// A table for people.
  String text() {
    StringBuilder table = new StringBuilder();
    table.append(
        row(
            "node",
            "operator",
            "output",
            "shape",
            "max error",
            "mean error",
            "of range",
            "rounding"));
    for (NodeAccuracy node : nodes) {
      table.append(
          row(
              shortened(node.node(), 32),
              shortened(node.operator(), 16),
              shortened(node.value(), 28),
              shortened(node.type().toString(), 24),
              number(node.maximumError()),
              number(node.meanError()),
              number(node.share()),
              number(node.rounding())));
    }
    return table.append(sentence()).append('\n').toString();
  }

  private static String row(Object... cells) {
    String line = String.format(Locale.ROOT, "%-32s %-16s %-28s %-24s %11s %11s %11s %11s", cells);
    return line.stripTrailing() + "\n";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  /// The end of a name says more than its beginning.
  private static String shortened(String text, int length) {
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.length() <= length
        ? printable
        : "..." + printable.substring(printable.length() - length + ELLIPSIS);
  }

  private String sentence() {
    String bound = String.format(Locale.ROOT, "%.0e", NodeAccuracy.BOUND);
    return firstDeparture()
        .map(node ->
            "%s: `%s` (%s) is the first node that departs: %s of its range, where %s of it or 8 times its rounding are allowed"
                .formatted(
                    target,
                    shortened(node.node(), 120),
                    node.operator(),
                    number(node.share()),
                    bound))
        .orElse(
            target
                + ": no node departs by more than "
                + bound
                + " of its range or 8 times its rounding");
  }

  /// The same for programs.
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("target", target).put("bound", NodeAccuracy.BOUND);
    json.put("firstDeparture", firstDeparture().map(NodeAccuracy::node).orElse(null));
    var rows = json.putArray("nodes");
    for (NodeAccuracy node : nodes) {
      ObjectNode row = rows.addObject();
      row.put("node", node.node()).put("operator", node.operator()).put("output", node.value());
      row.put("type", node.type().element().text());
      var shape = row.putArray("shape");
      node.type().shape().dimensions().forEach(extent -> shape.add(extent.toString()));
      row.put("maximumError", node.maximumError()).put("meanError", node.meanError());
      row.put("range", node.range()).put("errorOfRange", node.share());
      row.put("rounding", node.rounding()).put("departs", node.departs());
    }
    return json;
  }
}
