package io.edgewright.functions.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.compiler.report.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One operation of `openapi.yaml`: who may call it, what it takes, what it answers.
///
/// @param path with the parameters in braces
/// @param common what all methods of the path share
record OperationDocs(ApiFile api, String path, String method, JsonNode common, JsonNode operation) {
  private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

  /// In the order of the file.
  static List<OperationDocs> all(ApiFile api) {
    List<OperationDocs> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : api.at("/paths").properties()) {
      for (Map.Entry<String, JsonNode> field : path.getValue().properties()) {
        if (METHODS.contains(field.getKey())) {
          String method = field.getKey().toUpperCase(Locale.ROOT);
          found.add(
              new OperationDocs(api, path.getKey(), method, path.getValue(), field.getValue()));
        }
      }
    }
    return found;
  }

  boolean isTagged(String tag) {
    return operation.at("/tags/0").asText().equals(tag);
  }

  private String id() {
    return operation.path("operationId").asText();
  }

  void writeEntry(Markup page) {
    page.tags("<li><a").attribute("href", "#" + id()).tags(">");
    signature(page);
    page.tags("</a> <span class=\"quiet\">");
    Markdown.inline(page, operation.path("summary").asText());
    page.tags("</span></li>");
  }

  private void signature(Markup page) {
    page.element("span", "method", method);
    page.tags(" ").element("code", path);
  }

  void write(Markup page) {
    page.tags("\n<article class=\"card\"").attribute("id", id()).tags("><h3>");
    signature(page);
    page.tags("</h3><p>");
    Markdown.inline(page, operation.path("summary").asText());
    page.tags("</p>");
    Markdown.write(page, operation.path("description").asText());
    page.element("p", "quiet", caller());
    parameters(page);
    body(page);
    answers(page);
    page.tags("</article>");
  }

  private String caller() {
    JsonNode security = operation.path("security");
    if (security.findValue("operator") != null) {
      return "For operators: Authorization: Bearer TOKEN.";
    }
    return security.findValue("device") != null
        ? "For enrolled devices: a signed request (RFC 9421)."
        : "For anyone.";
  }

  private void parameters(Markup page) {
    List<JsonNode> parameters = new ArrayList<>();
    common.path("parameters").forEach(each -> parameters.add(api.resolve(each)));
    operation.path("parameters").forEach(each -> parameters.add(api.resolve(each)));
    if (parameters.isEmpty()) {
      return;
    }
    page.tags("<h4>Parameters</h4><ul class=\"fields\">");
    for (JsonNode parameter : parameters) {
      page.tags("<li>").element("code", parameter.path("name").asText());
      page.text(" in the " + parameter.path("in").asText());
      page.tags(parameter.path("required").asBoolean() ? "" : ", <i>optional</i>");
      SchemaDocs.write(page, "", parameter.path("schema"));
      Markdown.write(page, parameter.path("description").asText());
      page.tags("</li>");
    }
    page.tags("</ul>");
  }

  private void body(Markup page) {
    JsonNode body = api.resolve(operation.path("requestBody"));
    if (!body.isMissingNode()) {
      page.tags("<h4>Body</h4>");
      Markdown.write(page, body.path("description").asText());
      content(page, body.path("content"));
    }
  }

  private void answers(Markup page) {
    page.tags("<h4>Answers</h4><ul class=\"fields\">");
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : operation.path("responses").properties()) {
      if (ApiFile.reference(each.getValue()).equals("Problem")) {
        problems.add(each.getKey());
      } else {
        answer(page, each.getKey(), api.resolve(each.getValue()));
      }
    }
    if (!problems.isEmpty()) {
      page.tags("<li>").element("code", String.join(" ", problems));
      page.tags(" <a href=\"#schema-Problem\">Problem</a>: why not, and what to do.</li>");
    }
    page.tags("</ul>");
  }

  private void answer(Markup page, String status, JsonNode answer) {
    page.tags("<li>").element("code", status).tags(" ");
    Markdown.inline(page, answer.path("description").asText().strip());
    for (Map.Entry<String, JsonNode> header : answer.path("headers").properties()) {
      page.tags(" With the header ").element("code", header.getKey()).tags(".");
    }
    content(page, answer.path("content"));
    page.tags("</li>");
  }

  private void content(Markup page, JsonNode content) {
    for (Map.Entry<String, JsonNode> type : content.properties()) {
      SchemaDocs.write(page, type.getKey() + ": ", type.getValue().path("schema"));
      if (type.getValue().has("example")) {
        page.tags("<details><summary>Example</summary>");
        Code.json(page, type.getValue().path("example"));
        page.tags("</details>");
      }
    }
  }
}
