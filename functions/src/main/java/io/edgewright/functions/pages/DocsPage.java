package io.edgewright.functions.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.report.Markup;
import io.edgewright.functions.core.ServiceErrorCode;
import java.util.List;
import java.util.Locale;

/// The API as `openapi.yaml` describes it: operations by tag, schemas, error codes.
public final class DocsPage {
  private final ApiFile api;
  private final List<OperationDocs> operations;

  private DocsPage(ApiFile api) {
    this.api = api;
    operations = OperationDocs.all(api);
  }

  public static String html() {
    return Frame.forAll("API", Frame.Place.API).html(new DocsPage(ApiFile.read())::write);
  }

  private void write(Markup page) {
    page.tags("<div class=\"docs\"><h1>")
        .text(api.at("/info/title").asText() + " API, version " + api.at("/info/version").asText())
        .tags("</h1>");
    Markdown.write(page, api.at("/info/description").asText());
    page.tags("<p><a href=\"/v1/openapi.yaml\">openapi.yaml</a> is what this page is made of.</p>")
        .tags("<nav class=\"card\" aria-label=\"Contents\">");
    api.at("/tags").forEach(tag -> contents(page, tag));
    page.tags(
        "<p><a href=\"#schemas\">Schemas</a> \u00b7 <a href=\"#errors\">Errors</a></p></nav>");
    api.at("/tags").forEach(tag -> operations(page, tag));
    schemas(page);
    errors(page);
    page.tags("</div>");
  }

  private void contents(Markup page, JsonNode tag) {
    page.element("h2", title(tag)).tags("<ul class=\"contents\">");
    operations.stream()
        .filter(operation -> operation.isTagged(tag.path("name").asText()))
        .forEach(operation -> operation.writeEntry(page));
    page.tags("</ul>");
  }

  private void operations(Markup page, JsonNode tag) {
    page.element("h2", title(tag));
    Markdown.write(page, tag.path("description").asText());
    operations.stream()
        .filter(operation -> operation.isTagged(tag.path("name").asText()))
        .forEach(operation -> operation.write(page));
  }

  private static String title(JsonNode tag) {
    String name = tag.path("name").asText();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private void schemas(Markup page) {
    page.tags("<h2 id=\"schemas\">Schemas</h2>");
    for (var schema : api.at("/components/schemas").properties()) {
      page.tags("\n<article class=\"card\"")
          .attribute("id", "schema-" + schema.getKey())
          .tags(">")
          .element("h3", schema.getKey());
      Markdown.write(page, schema.getValue().path("description").asText());
      SchemaDocs.write(page, "", schema.getValue());
      page.tags("</article>");
    }
  }

  private static void errors(Markup page) {
    page.tags("<h2 id=\"errors\">Errors</h2><p>Every code has a page.</p>")
        .tags("<div class=\"card\"><h3>Of the service</h3><ul class=\"contents\">");
    for (ServiceErrorCode code : ServiceErrorCode.values()) {
      page.tags("<li>");
      Fragments.errorCode(page, code.id());
      page.text(" " + code.title()).tags("</li>");
    }
    page.tags("</ul><h3>Of the compiler</h3><ul class=\"contents\">");
    for (ErrorCode code : ErrorCode.values()) {
      page.tags("<li>");
      Fragments.errorCode(page, code.id());
      page.text(" " + code.name().toLowerCase(Locale.ROOT).replace('_', ' ')).tags("</li>");
    }
    page.tags("</ul></div>");
  }
}
