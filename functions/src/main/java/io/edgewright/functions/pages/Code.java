package io.edgewright.functions.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.compiler.report.Markup;

/// Text of a machine. It wraps, so that no page is wider than a phone.
final class Code {
  private Code() {}

  /// Line breaks are the only control characters that are kept.
  static void block(Markup page, String text) {
    page.tags("<pre><code>");
    for (String line : text.stripTrailing().split("\n", -1)) {
      page.text(line.replace("\t", "  ")).tags("\n");
    }
    page.tags("</code></pre>");
  }

  static void json(Markup page, JsonNode value) {
    block(page, value.toPrettyString());
  }
}
