package io.edgewright.functions.embedded.workflow;

import java.util.HashSet;
import java.util.Set;

/// What the expressions of a field may refer to.
///
/// @param fields of `$states`
/// @param variables that some state of this machine, or of those around it, assigns
/// @param insideMap whether `$states.context.Map.Item` is there
record Visible(Set<String> fields, Set<String> variables, boolean insideMap) {
  private static final Set<String> ALWAYS = Set.of("input", "context");

  Visible {
    fields = Set.copyOf(fields);
    variables = Set.copyOf(variables);
  }

  /// What the expressions of a whole machine may refer to.
  static Visible in(Set<String> variables, boolean insideMap) {
    return new Visible(ALWAYS, variables, insideMap);
  }

  /// `result` where the state has one, `errorOutput` in a catcher.
  Visible with(String field) {
    Set<String> more = new HashSet<>(fields);
    more.add(field);
    return new Visible(more, variables, insideMap);
  }

  Visible withItem() {
    return new Visible(fields, variables, true);
  }
}
