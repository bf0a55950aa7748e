package io.edgewright.compiler.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/// How far each output is from the reference.
final class AccuracyTable {
  private AccuracyTable() {}

  static void write(Markup page, JsonNode accuracy) {
    if (accuracy.has("reason")) {
      page.element("p", accuracy.path("reason").asText());
      return;
    }
    page.element("p", "note", "Against: " + accuracy.path("reference").asText() + ".");
    page.tags("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>output")
        .tags(
            "<th class=\"n\">largest error<th class=\"n\">mean error<th class=\"n\">range</thead>")
        .tags("<tbody>");
    for (JsonNode output : accuracy.path("outputs")) {
      page.tags("<tr>").name("td", output.path("name").asText());
      for (String figure : new String[] {"maximumError", "meanError", "range"}) {
        page.element("td", "n", String.format(Locale.ROOT, "%.3g", output.path(figure).asDouble()));
      }
    }
    page.tags("</tbody></table></div>");
  }
}
