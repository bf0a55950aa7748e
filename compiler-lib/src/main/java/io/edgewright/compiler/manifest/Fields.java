package io.edgewright.compiler.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.NearMatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The fields of one JSON object. A field that nobody asked for is unknown, which [#end] reports.
final class Fields {
  private final Place object;
  private final TreeSet<String> asked = new TreeSet<>();

  Fields(Place object) {
    this.object = object;
  }

  Optional<Place> optional(String name) {
    asked.add(name);
    JsonNode value = object.node().get(name);
    return Optional.ofNullable(value).map(present -> child(name, present));
  }

  Optional<Place> required(String name) {
    Optional<Place> place = optional(name);
    if (place.isEmpty()) {
      object
          .findings()
          .add(
              ErrorCode.MANIFEST_FIELD_MISSING,
              object.pointer(),
              "no field `" + name + "`",
              "`" + name + "` must be there",
              "add `" + name + "`");
    }
    return place;
  }

  /// All fields, for objects whose keys are names of the model.
  List<Entry> entries(int most) {
    List<Entry> entries = new ArrayList<>();
    if (object.node().size() > most) {
      object.invalid("at most " + most + " fields", "leave some out");
      return entries;
    }
    for (var property : object.node().properties()) {
      Place place = child(property.getKey(), property.getValue());
      if (TextRule.TENSOR_NAME.accepts(property.getKey())) {
        entries.add(new Entry(property.getKey(), place));
      } else {
        object.invalid("names of " + TextRule.TENSOR_NAME.allowed(), "correct the name");
      }
    }
    return entries;
  }

  /// A field whose name is part of what the manifest says.
  record Entry(String name, Place value) {}

  /// Reports the fields that are left.
  void end() {
    for (var property : object.node().properties()) {
      String name = property.getKey();
      if (!asked.contains(name)) {
        object
            .findings()
            .add(
                ErrorCode.MANIFEST_FIELD_UNKNOWN,
                child(name, property.getValue()).pointer(),
                "a field that nobody reads",
                Spelling.list(List.copyOf(asked)),
                NearMatches.hint(name, asked, "remove it"));
      }
    }
  }

  private Place child(String name, JsonNode value) {
    String token = name.replace("~", "~0").replace("/", "~1");
    return new Place(value, object.pointer() + "/" + token, object.findings());
  }
}
