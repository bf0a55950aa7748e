package io.edgewright.functions.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.compiler.report.Markup;
import io.edgewright.compiler.report.Quantity;
import io.edgewright.functions.core.benchmark.Comparison;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Devices side by side for people: histograms on one axis of time, then the figures.
public final class BenchmarksPage {
  private final Markup page;
  private final List<Comparison> rows;

  private BenchmarksPage(Markup page, List<Comparison> rows) {
    this.page = page;
    this.rows = rows;
  }

  /// @param model whose benchmarks these are, where not all are asked for
  public static String html(Optional<String> model, List<Comparison> rows) {
    String title = "Benchmarks of " + model.orElse("all models");
    return Frame.forOperators(title, Frame.Place.DEVICES)
        .html(page -> new BenchmarksPage(page, rows).write(title));
  }

  private void write(String title) {
    page.tags("<p class=\"up\"><a href=\"/devices\">Devices</a></p>")
        .element("h1", title)
        .element(
            "p", "quiet", rows.size() == 1 ? "1 device" : rows.size() + " devices and bundles");
    if (rows.isEmpty()) {
      page.tags("<p class=\"empty\">Nothing yet: run <code>edgewright-device bench</code> on a ")
          .tags("device.</p>");
      return;
    }
    picture();
    table();
    page.tags("<p class=\"quiet\">Each bundle ran its golden frame again and again. A device that ")
        .tags("was throttled shows what its cooling can do: such a row is in italics.</p>");
  }

  private void picture() {
    TimeAxis axis = TimeAxis.over(rows);
    page.tags("\n<section class=\"card\">").element("h2", "Latency");
    for (Comparison row : rows) {
      page.tags(row.isValid() ? "<div class=\"strip\">" : "<div class=\"strip invalid\">")
          .element("h3", row.benchmark().name())
          .element(
              "p",
              "%s, %s: median %s%s"
                  .formatted(
                      row.benchmark().target(),
                      row.benchmark().model(),
                      micros(row, "medianMicros"),
                      row.isValid() ? "" : ", throttled"));
      histogram(row, axis);
      page.tags("</div>");
    }
    page.tags("<div class=\"axis\">");
    axis.labels().forEach(label -> page.element("span", label));
    page.tags("</div></section>");
  }

  private void histogram(Comparison row, TimeAxis axis) {
    JsonNode bars = row.measured().at("/latency/histogram");
    long most = 1;
    for (JsonNode bar : bars) {
      most = Math.max(most, bar.path("count").asLong());
    }
    page.tags("<svg viewBox=\"0 0 1000 100\" preserveAspectRatio=\"none\" role=\"img\"")
        .attribute("aria-label", "latencies of " + row.benchmark().name())
        .tags(">");
    for (JsonNode bar : bars) {
      double left = axis.position(bar.path("fromMicros").asDouble());
      double right = axis.position(bar.path("uptoMicros").asDouble());
      double height = 96.0 * bar.path("count").asLong() / most;
      page.tags("<rect")
          .attribute("x", number(left))
          .attribute("y", number(100 - height))
          .attribute("width", number(Math.max(2, right - left)))
          .attribute("height", number(height))
          .tags("/>");
    }
    String median = number(axis.position(row.medianMicros()));
    page.tags("<line y1=\"0\" y2=\"100\"")
        .attribute("x1", median)
        .attribute("x2", median)
        .tags("/></svg>");
  }

  private void table() {
    page.tags("\n<section class=\"card\">")
        .element("h2", "Figures")
        .tags("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Figures\">");
    page.tags("<table><thead><tr>");
    List.of("device", "target", "model").forEach(title -> page.element("th", title));
    List.of("median", "99 %", "longest", "memory", "temperature", "energy")
        .forEach(title -> page.element("th", "n", title));
    List.of("throttled", "bundle", "measured").forEach(title -> page.element("th", title));
    page.tags("</tr></thead><tbody>");
    rows.forEach(this::figures);
    page.tags("</tbody></table></div></section>");
  }

  private void figures(Comparison row) {
    JsonNode measured = row.measured();
    page.tags(row.isValid() ? "<tr>" : "<tr class=\"invalid\">")
        .element("td", row.benchmark().name())
        .element("td", row.benchmark().target())
        .element("td", row.benchmark().model())
        .element("td", "n", micros(row, "medianMicros"))
        .element("td", "n", micros(row, "p99Micros"))
        .element("td", "n", micros(row, "maximumMicros"))
        .element("td", "n", known(measured.at("/memory/peakBytes"), Quantity::bytes))
        .element("td", "n", known(measured.at("/temperature/maximumCelsius"), "%.1f °C"))
        .element("td", "n", known(measured.at("/energy/millijoulesPerInference"), "%.2f mJ"))
        .element("td", throttled(measured.path("throttled")))
        .element("td", row.benchmark().bundle().hex().substring(0, 12))
        .element("td", row.benchmark().at().toString())
        .tags("</tr>");
  }

  private interface Words {
    String of(long number);
  }

  private static String known(JsonNode figure, Words words) {
    return figure.isNumber() ? words.of(figure.asLong()) : "not measured";
  }

  private static String known(JsonNode figure, String pattern) {
    return figure.isNumber()
        ? String.format(Locale.ROOT, pattern, figure.asDouble())
        : "not measured";
  }

  private static String throttled(JsonNode flag) {
    return flag.isBoolean() ? flag.asBoolean() ? "yes" : "no" : "not known";
  }

  private static String micros(Comparison row, String figure) {
    return Quantity.micros(row.measured().path("latency").path(figure).asDouble());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
