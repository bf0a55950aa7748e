package io.edgewright.compiler.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/// The arena over time: x is the step, y the offset, a rectangle a buffer from the step that first
/// touches it to the one that touches it last. Below it a table says the same in figures.
final class MemoryDrawing {
  private static final int HEIGHT = 260;
  private static final int WIDEST = 1400;
  private static final int NARROWEST = 600;
  private static final int STEP = 10;
  private static final int NARROWEST_STEP = 5;
  private static final double SMALLEST = 1.5;
  private static final int COLOURS = 6;
  private static final int MOST_BUFFERS = 1000;

  private final JsonNode memory;
  private final double arenaBytes;
  private final int steps;

  MemoryDrawing(JsonNode report) {
    this.memory = report.path("memory");
    this.arenaBytes = Math.max(1, report.path("arenaBytes").asDouble());
    this.steps = Math.max(1, memory.path("steps").size());
  }

  void write(Markup page) {
    int width = Math.clamp((long) steps * STEP, NARROWEST, WIDEST);
    page.tags("<div class=\"scroll\" tabindex=\"0\"><svg class=\"memory\" role=\"img\"")
        .attribute("aria-label", "the arena over time; the table below has the figures")
        .tags(" style=\"min-width:" + Math.min(WIDEST, steps * NARROWEST_STEP) + "px\"")
        .tags(" height=\"" + HEIGHT + "\" preserveAspectRatio=\"none\"")
        .tags(" viewBox=\"0 0 " + width + " " + HEIGHT + "\">");
    List<JsonNode> largest = memory.path("buffers").valueStream().limit(MOST_BUFFERS).toList();
    for (int number = 0; number < largest.size(); number++) {
      rectangle(page, largest.get(number), (double) width / steps, number);
    }
    page.tags("</svg></div><p class=\"axis\"><span>step 1</span><span>")
        .text("time \u2192, offset \u2193, " + Quantity.bytes((long) arenaBytes) + " in all")
        .tags("</span><span>")
        .text("step " + steps)
        .tags("</span></p>");
    table(page, largest);
  }

  private void rectangle(Markup page, JsonNode buffer, double step, int number) {
    double x = buffer.path("first").asInt() * step;
    double width = (buffer.path("last").asInt() + 1) * step - x;
    double y = buffer.path("offset").asDouble() / arenaBytes * HEIGHT;
    double height = buffer.path("bytes").asDouble() / arenaBytes * HEIGHT;
    page.tags("<rect class=\"rail" + number % COLOURS + "\"")
        .tags(placed("x", x))
        .tags(placed("y", y))
        .tags(placed("width", width))
        .tags(placed("height", Math.max(SMALLEST, height)))
        .tags("><title>")
        .text(
            "%s at %d, steps %d to %d, first touched by %s"
                .formatted(
                    Quantity.bytes(buffer.path("bytes").asLong()),
                    buffer.path("offset").asLong(),
                    buffer.path("first").asInt() + 1,
                    buffer.path("last").asInt() + 1,
                    maker(buffer)))
        .tags("</title></rect>");
  }

  private String maker(JsonNode buffer) {
    return memory.path("steps").path(buffer.path("first").asInt()).asText();
  }

  private static String placed(String attribute, double value) {
    return String.format(Locale.ROOT, " %s=\"%.1f\"", attribute, value);
  }

  private void table(Markup page, List<JsonNode> largest) {
    page.tags("<details><summary>")
        .text(largest.size() + " buffers, largest first")
        .tags(
            "</summary><div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>first touched by")
        .tags("<th class=\"n\">bytes<th class=\"n\">offset<th class=\"n\">first step")
        .tags("<th class=\"n\">last step</thead><tbody>");
    for (JsonNode buffer : largest) {
      page.tags("<tr>").name("td", maker(buffer));
      for (String field : List.of("bytes", "offset")) {
        page.element("td", "n", String.format(Locale.ROOT, "%,d", buffer.path(field).asLong()));
      }
      for (String field : List.of("first", "last")) {
        page.element("td", "n", Integer.toString(buffer.path(field).asInt() + 1));
      }
    }
    page.tags("</tbody></table></div></details>");
  }
}
