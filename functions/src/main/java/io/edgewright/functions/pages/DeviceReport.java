package io.edgewright.functions.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.compiler.report.Markup;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.DeviceStore.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a device said. A device may say more than this page knows: that is shown as it comes.
record DeviceReport(JsonNode body) {
  private static final Pattern CODE = Pattern.compile("EW-[0-9]{4}");
  private static final Set<String> SHOWN = Set.of("event", "bundle", "code", "detail");
  private static final int MOST_FIGURES = 60;

  static DeviceReport of(Report report) {
    return new DeviceReport(Json.trusted(report.body()));
  }

  void badge(Markup page) {
    String event = body.path("event").asText();
    String kind =
        switch (event) {
          case "activated" -> "done";
          case "failed" -> "failed";
          case "rolled-back" -> "partial";
          default -> "queued";
        };
    Fragments.badge(page, kind, event);
  }

  /// Why it failed, if it did.
  void because(Markup page) {
    String code = body.path("code").asText();
    String detail = body.path("detail").asText();
    if (code.isEmpty() && detail.isEmpty()) {
      return;
    }
    page.tags("<p class=\"why\">");
    if (CODE.matcher(code).matches()) {
      Fragments.errorCode(page, code);
      page.tags(" ");
    }
    Markdown.inline(page, detail);
    page.tags("</p>");
  }

  /// Every other figure, by its path in the report.
  void figures(Markup page) {
    List<Figure> figures = new ArrayList<>();
    if (body.has("bundle")) {
      figures.add(new Figure("bundle", body.path("bundle").asText()));
    }
    body.properties().stream()
        .filter(field -> !SHOWN.contains(field.getKey()))
        .forEach(field -> collect(field.getKey(), field.getValue(), figures));
    if (figures.isEmpty()) {
      return;
    }
    page.tags("<dl class=\"facts\">");
    for (Figure figure : figures.subList(0, Math.min(MOST_FIGURES, figures.size()))) {
      page.element("dt", figure.name()).element("dd", figure.value());
    }
    page.tags("</dl>");
    if (figures.size() > MOST_FIGURES) {
      page.element("p", "quiet", "and " + (figures.size() - MOST_FIGURES) + " more");
    }
  }

  private record Figure(String name, String value) {}

  private static void collect(String path, JsonNode value, List<Figure> figures) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(field -> collect(path + "." + field.getKey(), field.getValue(), figures));
    } else {
      figures.add(new Figure(path, value.isValueNode() ? value.asText() : value.toString()));
    }
  }
}
