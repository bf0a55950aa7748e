package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The fields of one object of a state machine. Whoever reads it says at its [#end] that there was
/// nothing else.
final class AslFields {
  private final String where;
  private final JsonNode json;
  private final Set<String> read = new HashSet<>(Set.of("Comment"));

  AslFields(String where, JsonNode json) {
    this.where = where;
    this.json = json;
    if (!json.isObject()) {
      throw wrong("no object");
    }
  }

  private JsonNode field(String name) {
    read.add(name);
    return json.path(name);
  }

  JsonNode required(String name) {
    JsonNode field = field(name);
    if (field instanceof MissingNode) {
      throw wrong("no `" + name + "`");
    }
    return field;
  }

  AslFields nested(String name) {
    return new AslFields(where + ", `" + name + "`", required(name));
  }

  List<AslFields> list(String name) {
    List<AslFields> list = new ArrayList<>();
    for (JsonNode element : field(name)) {
      list.add(new AslFields(where + ", `" + name + "` " + list.size(), element));
    }
    return list;
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> wrong("no text `" + name + "`"));
  }

  Optional<String> optionalText(String name) {
    return field(name).isTextual() ? Optional.of(json.path(name).asText()) : Optional.empty();
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    required(name).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  boolean flag(String name) {
    return field(name).asBoolean();
  }

  int whole(String name, int otherwise) {
    JsonNode field = field(name);
    if (!field.isMissingNode() && (!field.isInt() || field.asInt() < 0)) {
      throw unsupported(name, "a whole number");
    }
    return field.asInt(otherwise);
  }

  double number(String name, double otherwise) {
    JsonNode field = field(name);
    if (!field.isMissingNode() && !field.isNumber()) {
      throw unsupported(name, "a number");
    }
    return field.asDouble(otherwise);
  }

  Optional<Template> template(String name) {
    JsonNode field = field(name);
    try {
      return field.isMissingNode() ? Optional.empty() : Optional.of(Template.of(field));
    } catch (IllegalArgumentException e) {
      throw wrong("in `" + name + "`: " + e.getMessage());
    }
  }

  void end() {
    json.fieldNames()
        .forEachRemaining(name -> {
          if (!read.contains(name)) {
            throw wrong("the field `" + name + "`, which is not supported here");
          }
        });
  }

  IllegalArgumentException unsupported(String name, String supported) {
    return wrong("`" + name + "` is " + json.path(name) + "; supported: " + supported);
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("compile.asl.json, " + where + ": " + what);
  }
}
