package io.edgewright.compiler.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;

/// What takes the time: by kind of operator, and layer by layer.
final class LayerTables {
  /// A page must be readable, and small enough to be sent.
  private static final int MOST_LAYERS = 1000;

  private LayerTables() {}

  static void operators(Markup page, JsonNode report) {
    page.tags("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>operator")
        .tags("<th class=\"n\">layers<th class=\"n\">FLOPs<th>predicted time</thead><tbody>");
    double total = report.path("predictedLatencyMillis").asDouble() * 1000;
    for (JsonNode operator : report.path("operators")) {
      page.tags("<tr>").element("td", operator.path("operator").asText());
      page.element("td", "n", operator.path("layers").asText());
      page.element("td", "n", flops(operator));
      time(page, micros(operator), total);
    }
    page.tags("</tbody></table></div>");
  }

  static void layers(Markup page, JsonNode report) {
    JsonNode layers = report.path("layers");
    List<Double> times =
        layers
            .valueStream()
            .map(LayerTables::micros)
            .sorted(Comparator.reverseOrder())
            .limit(MOST_LAYERS)
            .toList();
    double longest = times.isEmpty() ? 0 : times.getFirst();
    double shortest = times.isEmpty() ? 0 : times.getLast();
    if (layers.size() > MOST_LAYERS) {
      page.element("p", "note", "The " + MOST_LAYERS + " that take longest of " + layers.size());
    }
    page.tags(
            "<div class=\"scroll tall\" tabindex=\"0\"><table><thead><tr><th class=\"n\">#<th>layer")
        .tags("<th>predicted time<th class=\"n\">FLOPs<th class=\"n\">weights")
        .tags("<th class=\"n\">read<th class=\"n\">written</thead><tbody>");
    int number = 1;
    for (JsonNode layer : layers) {
      String place = Integer.toString(number++);
      if (micros(layer) < shortest) {
        continue;
      }
      page.tags("<tr>").element("td", "n", place).tags("<td>");
      page.text(layer.path("operator").asText());
      page.name("small", layer.path("name").asText()).tags("</td>");
      time(page, micros(layer), longest);
      page.element("td", "n", flops(layer));
      for (String field : List.of("weightBytes", "bytesRead", "bytesWritten")) {
        page.element("td", "n", Quantity.bytes(layer.path(field).asLong()));
      }
    }
    page.tags("</tbody></table></div>");
  }

  private static double micros(JsonNode row) {
    return row.path("predictedMicros").asDouble();
  }

  private static String flops(JsonNode row) {
    long flops = row.path("flops").asLong();
    return flops == 0 ? "0" : Quantity.of((double) flops, "").strip();
  }

  private static void time(Markup page, double micros, double whole) {
    page.tags("<td>");
    Bars.write(page, micros, whole, Quantity.micros(micros));
    page.tags("</td>");
  }
}
