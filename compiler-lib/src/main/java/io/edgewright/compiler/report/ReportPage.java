package io.edgewright.compiler.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// The page of one target. Same report, same bytes.
public final class ReportPage {
  /// Nothing may be loaded and nothing may run, whatever a name contains.
  public static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private final JsonNode report;
  private final Markup page = new Markup();

  private ReportPage(JsonNode report) {
    this.report = report;
  }

  /// @param report bytes of `report.json`
  public static String html(byte[] report) {
    try {
      return new ReportPage(new ObjectMapper().readTree(report)).html();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String html() {
    String name = report.path("name").asText();
    String title = report.at("/device/title").asText(report.path("target").asText());
    page.tags("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .tags("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .tags("<meta name=\"color-scheme\" content=\"light dark\">")
        .tags("<meta http-equiv=\"Content-Security-Policy\"")
        .attribute("content", POLICY)
        .tags(">")
        .element("title", name + " on " + report.path("target").asText())
        .tags("<style>" + style() + "</style></head>\n<body><header>")
        .element("h1", name)
        .element("p", title)
        .tags("</header>\n<main>");
    totals();
    budget();
    section("Where the time goes", () -> LayerTables.operators(page, report));
    if (report.has("graph")) {
      section("Network", this::network);
    }
    section("Layers", () -> LayerTables.layers(page, report));
    if (report.has("memory")) {
      section("Memory over time", () -> new MemoryDrawing(report).write(page));
    }
    if (report.has("accuracy")) {
      section("Accuracy", () -> AccuracyTable.write(page, report.path("accuracy")));
    }
    if (report.has("device")) {
      section("Device", () -> DeviceFigures.write(page, report.path("device")));
    }
    page.tags("</main>\n<footer><p>Times are predictions for one core, not measurements. ")
        .tags("Memory, FLOPs and bytes are exact.</p></footer></body></html>\n");
    return page.toString();
  }

  private void section(String title, Runnable content) {
    page.tags("\n<section>").element("h2", title);
    content.run();
    page.tags("</section>");
  }

  private void totals() {
    double millis = report.path("predictedLatencyMillis").asDouble();
    double watts = report.at("/device/watts").asDouble();
    page.tags("<dl class=\"totals\">");
    total("predicted latency", Quantity.of(millis / 1000, "s"));
    total("operations", Quantity.of(report.path("flops").asDouble(), "FLOP"));
    total("weights", Quantity.bytes(report.path("weightsBytes").asLong()));
    total("arena", Quantity.bytes(report.path("arenaBytes").asLong()));
    for (String memory : List.of("flash", "ram")) {
      if (report.at("/footprint/" + memory).has("bytes")) {
        total(memory, Quantity.bytes(report.at("/footprint/" + memory + "/bytes").asLong()));
      }
    }
    if (watts > 0) {
      total("energy, at most", Quantity.of(millis / 1000 * watts, "J"));
    }
    page.tags("</dl>");
  }

  private void total(String name, String figure) {
    page.tags("<div>").element("dt", name).element("dd", figure).tags("</div>");
  }

  /// How much of what the manifest allows is used.
  private void budget() {
    JsonNode budget = report.path("budget");
    if (budget.isEmpty()) {
      return;
    }
    section(
        "Budget",
        () -> {
          page.tags("<table><tbody>");
          if (budget.has("latencyMillis")) {
            double allowed = budget.path("latencyMillis").asDouble();
            double used = report.path("predictedLatencyMillis").asDouble();
            share("latency", used, allowed, Quantity.of(allowed / 1000, "s"));
          }
          if (budget.has("memoryBytes")) {
            double allowed = budget.path("memoryBytes").asDouble();
            double used =
                report.path("weightsBytes").asDouble() + report.path("arenaBytes").asDouble();
            share("weights and arena", used, allowed, Quantity.of(allowed, "B"));
          }
          page.tags("</tbody></table>");
        });
  }

  private void share(String what, double used, double allowed, String limit) {
    page.tags("<tr>").element("td", what).tags("<td>");
    Bars.write(
        page,
        used,
        allowed,
        String.format(Locale.ROOT, "%.0f %% of %s", 100 * used / allowed, limit));
    page.tags("</td>");
  }

  private void network() {
    page.tags("<p class=\"note\">")
        .tags("In the order in which it runs; a hollow dot costs nothing.</p>");
    new GraphDrawing(GraphRows.of(report)).write(page);
  }

  private static String style() {
    try (InputStream file = ReportPage.class.getResourceAsStream("report.css")) {
      if (file == null) {
        throw new IllegalStateException("the class path has no report.css");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
