package io.edgewright.functions.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.edgewright.compiler.report.Markup;
import java.io.UncheckedIOException;

/// Text of a machine. It wraps, so that no page is wider than a phone.
final class Code {
  private static final ObjectWriter WRITER =
      new ObjectMapper()
          .writer(
              new DefaultPrettyPrinter()
                  .withSeparators(
                      Separators.createDefaultInstance()
                          .withObjectFieldValueSpacing(Separators.Spacing.AFTER)));

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
    try {
      block(page, WRITER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
