package io.edgewright.functions.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.compiler.report.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Schemas of `openapi.yaml` as lists of fields.
final class SchemaDocs {
  private SchemaDocs() {}

  /// The type in words, and below it the fields of every object that stands in it.
  ///
  /// @param before what stands in front of the type
  static void write(Markup page, String before, JsonNode schema) {
    page.tags("<p class=\"type\">").text(before);
    type(page, schema);
    page.tags("</p>");
    fields(page, schema);
  }

  private static void type(Markup page, JsonNode schema) {
    String reference = ApiFile.reference(schema);
    if (!reference.isEmpty()) {
      Fragments.link(page, "#schema-" + reference, reference);
    } else if (schema.has("items")) {
      page.tags("list of ");
      type(page, schema.path("items"));
    } else if (schema.path("additionalProperties").isObject() && !schema.has("properties")) {
      page.tags("object, each field ");
      type(page, schema.path("additionalProperties"));
    } else {
      page.text(words(schema));
    }
    if (schema.path("nullable").asBoolean()) {
      page.tags(" or null");
    }
  }

  /// Such as `string, date-time` or `integer, 1 to 100, else 20`.
  private static String words(JsonNode schema) {
    List<String> words = new ArrayList<>();
    words.add(schema.path("type").asText("anything"));
    if (schema.has("format")) {
      words.add(schema.path("format").asText());
    }
    if (schema.has("enum")) {
      words.add(
          StreamSupport.stream(schema.path("enum").spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(" | ")));
    }
    if (schema.has("pattern")) {
      words.add(schema.path("pattern").asText());
    }
    range(schema, words);
    if (schema.has("default")) {
      words.add("else " + schema.path("default").asText());
    }
    return String.join(", ", words);
  }

  private static void range(JsonNode schema, List<String> words) {
    if (schema.has("minimum") && schema.has("maximum")) {
      words.add(schema.path("minimum").asText() + " to " + schema.path("maximum").asText());
    } else if (schema.has("minimum")) {
      words.add("at least " + schema.path("minimum").asText());
    } else if (schema.has("maximum")) {
      words.add("at most " + schema.path("maximum").asText());
    }
    if (schema.has("maxLength")) {
      words.add("at most " + schema.path("maxLength").asText() + " letters");
    }
  }

  private static void fields(Markup page, JsonNode schema) {
    JsonNode holder = schema.has("items") ? schema.path("items") : schema;
    JsonNode properties = holder.path("properties");
    if (properties.isEmpty()) {
      return;
    }
    List<String> required = new ArrayList<>();
    holder.path("required").forEach(name -> required.add(name.asText()));
    page.tags("<ul class=\"fields\">");
    for (var property : properties.properties()) {
      page.tags("<li>").element("code", property.getKey());
      page.tags(required.contains(property.getKey()) ? " " : " <i>optional</i> ");
      page.tags("<span class=\"type\">");
      type(page, property.getValue());
      page.tags("</span>");
      description(page, property.getValue());
      fields(page, property.getValue());
      page.tags("</li>");
    }
    page.tags("</ul>");
  }

  private static void description(Markup page, JsonNode schema) {
    if (schema.has("description")) {
      page.tags("<br>");
      Markdown.inline(page, schema.path("description").asText().strip().replace('\n', ' '));
    }
  }
}
