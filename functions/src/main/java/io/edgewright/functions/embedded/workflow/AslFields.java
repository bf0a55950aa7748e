package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The fields of one object of a state machine. Whoever reads it says at its [#end] that there was
/// nothing else.
final class AslFields {
  private final String where;
  private final JsonNode json;
  private final Set<String> read = new HashSet<>();

  AslFields(String where, JsonNode json) {
    this.where = where;
    this.json = json;
    if (!json.isObject()) {
      throw wrong("no object");
    }
    optionalText("Comment");
  }

  private JsonNode field(String name) {
    read.add(name);
    return json.path(name);
  }

  boolean has(String name) {
    return json.has(name);
  }

  AslFields nested(String name) {
    JsonNode field = field(name);
    if (field.isMissingNode()) {
      throw wrong("no `" + name + "`");
    }
    return new AslFields(where + ", `" + name + "`", field);
  }

  /// The objects of a list that may be missing.
  List<AslFields> list(String name) {
    JsonNode field = field(name);
    if (!field.isMissingNode() && !field.isArray()) {
      throw unsupported(name, "a list");
    }
    List<AslFields> list = new ArrayList<>();
    for (JsonNode element : field) {
      list.add(new AslFields(where + ", `" + name + "` " + list.size(), element));
    }
    return list;
  }

  /// A list with something in it.
  List<AslFields> fullList(String name) {
    List<AslFields> list = list(name);
    if (list.isEmpty()) {
      throw wrong("nothing in `" + name + "`");
    }
    return list;
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> wrong("no text `" + name + "`"));
  }

  Optional<String> optionalText(String name) {
    JsonNode field = field(name);
    if (!field.isMissingNode() && !field.isTextual()) {
      throw unsupported(name, "a text");
    }
    return field.isTextual() ? Optional.of(field.asText()) : Optional.empty();
  }

  /// A text out of a few; the first is meant where there is none.
  String word(String name, String... allowed) {
    String word = optionalText(name).orElse(allowed[0]);
    if (!List.of(allowed).contains(word)) {
      throw unsupported(name, String.join(", ", allowed));
    }
    return word;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : field(name)) {
      if (!text.isTextual()) {
        throw unsupported(name, "a list of texts");
      }
      texts.add(text.asText());
    }
    if (texts.isEmpty()) {
      throw wrong("nothing in `" + name + "`");
    }
    return texts;
  }

  boolean flag(String name) {
    JsonNode field = field(name);
    if (!field.isMissingNode() && !field.isBoolean()) {
      throw unsupported(name, "true or false");
    }
    return field.asBoolean();
  }

  int whole(String name, int otherwise, int least, int most) {
    JsonNode field = field(name);
    if (field.isMissingNode()) {
      return otherwise;
    }
    if (!field.isInt() || field.asInt() < least || field.asInt() > most) {
      throw unsupported(name, "a whole number from " + least + " to " + most);
    }
    return field.asInt();
  }

  double number(String name, double otherwise, double least) {
    JsonNode field = field(name);
    if (!field.isMissingNode() && (!field.isNumber() || field.asDouble() < least)) {
      throw unsupported(name, "a number of at least " + least);
    }
    return field.asDouble(otherwise);
  }

  Optional<Template> template(String name, Visible visible) {
    JsonNode field = field(name);
    return field.isMissingNode() ? Optional.empty() : Optional.of(template(name, field, visible));
  }

  private Template template(String name, JsonNode field, Visible visible) {
    try {
      return Template.of(field, visible);
    } catch (IllegalArgumentException e) {
      throw wrong("in `" + name + "`: " + e.getMessage());
    }
  }

  /// The values of an object that may be missing.
  Map<String, Template> templates(String name, Visible visible) {
    Map<String, Template> templates = new LinkedHashMap<>();
    if (!field(name).isMissingNode()) {
      AslFields fields = nested(name);
      fields
          .json
          .properties()
          .forEach(each ->
              templates.put(
                  each.getKey(), fields.template(each.getKey(), each.getValue(), visible)));
    }
    return templates;
  }

  /// The states, in order.
  Map<String, AslFields> states() {
    Map<String, AslFields> states = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> state : nested("States").json.properties()) {
      states.put(state.getKey(), new AslFields("state `" + state.getKey() + "`", state.getValue()));
    }
    return states;
  }

  /// The names that an `Assign` anywhere in here gives values to, but for machines inside.
  Set<String> assigned() {
    Set<String> names = new HashSet<>();
    collectAssigned(json, names);
    return names;
  }

  private static void collectAssigned(JsonNode node, Set<String> names) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      switch (field.getKey()) {
        case "Assign" -> field.getValue().fieldNames().forEachRemaining(names::add);
        case "Choices", "Catch" -> field.getValue().forEach(each -> collectAssigned(each, names));
        default -> {}
      }
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
