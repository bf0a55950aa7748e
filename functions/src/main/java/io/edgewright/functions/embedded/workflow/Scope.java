package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;

/// What expressions see in one state: `$states`, and the variables.
record Scope(ObjectNode states, ObjectNode variables) {
  static Scope of(JsonNode input, ObjectNode context, ObjectNode variables) {
    ObjectNode states = Json.object();
    states.set("input", input);
    states.set("context", context);
    return new Scope(states, variables);
  }

  /// The same with a `result` or an `errorOutput`.
  Scope with(String field, JsonNode value) {
    ObjectNode more = Json.object();
    more.setAll(states);
    more.set(field, value);
    return new Scope(more, variables);
  }
}
