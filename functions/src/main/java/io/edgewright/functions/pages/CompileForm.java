package io.edgewright.functions.pages;

import io.edgewright.compiler.report.Markup;
import io.edgewright.functions.core.store.Inspector.KnownTarget;
import java.util.List;

/// The form that compiles a model: the request of `POST /v1/compilations`, without a script. The
/// script adds a choice of a manifest's file, and sends models that do not fit into one request.
final class CompileForm {
  private static final String MANIFEST =
      """
      {
        "name": "my-model",
        "targets": ["raspberry-pi-5"]
      }\
      """;

  /// The largest model that surely fits into one request beside its manifest.
  private static final int MOST_BYTES = 4_000_000;

  private CompileForm() {}

  static void write(Markup page, List<KnownTarget> targets, boolean isOpen) {
    page.tags("<details class=\"card\"" + (isOpen ? " open" : "") + ">")
        .tags("<summary>Compile a model</summary><form id=\"compile\" method=\"post\"")
        .tags(
            " action=\"/v1/compilations\" enctype=\"multipart/form-data\" data-most=\""
                + MOST_BYTES
                + "\"><div>")
        .tags("<label for=\"model\">Model, an ONNX file</label>")
        .tags("<input id=\"model\" name=\"model\" type=\"file\" accept=\".onnx\" required>")
        .tags("</div><div class=\"wide\"><label for=\"manifest\">Manifest, JSON</label>")
        .tags("<textarea id=\"manifest\" name=\"manifest\" rows=\"9\" spellcheck=\"false\"")
        .tags(" required aria-describedby=\"about\">")
        .tags(MANIFEST)
        .tags("</textarea><div id=\"choice\" hidden><label for=\"file\">or take a file</label>")
        .tags("<input id=\"file\" type=\"file\" accept=\".json,application/json\"></div>")
        .tags("<p class=\"quiet\" id=\"about\">Names the targets; may describe inputs, outputs and")
        .tags(" budgets. Without descriptions every input and output is a raw tensor.</p></div>");
    page.tags("<details class=\"inner\"><summary>Targets</summary><dl class=\"facts\">");
    for (KnownTarget target : targets) {
      page.tags("<dt>")
          .element("code", target.id())
          .tags("</dt>")
          .element("dd", target.figures().path("title").asText());
    }
    page.tags("</dl></details><div><div id=\"answer\" role=\"alert\"></div>")
        .tags("<button>Compile</button> <span id=\"sending\" role=\"status\"></span></div>")
        .tags("</form></details>");
  }
}
