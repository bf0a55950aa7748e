package io.edgewright.compiler.endtoend;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.NearMatches;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the manifest says and the network is not. Looking goes on after each, so that all are told
/// at once.
final class Mismatches {
  private final List<Problem> problems = new ArrayList<>();

  /// The value of that name, or a problem that lists those there are.
  ///
  /// @param kind "input" or "output"
  Optional<Value> find(String kind, String name, List<Value> values, Location where) {
    Optional<Value> found = values.stream().filter(value -> value.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      List<String> names = values.stream().map(Value::name).toList();
      problems.add(
          new Problem(
              ErrorCode.MANIFEST_TENSOR_UNKNOWN,
              where,
              "the model has no " + kind + " `" + name + "`",
              list(values),
              NearMatches.hint(name, names, "take one of these names")));
    }
    return found;
  }

  /// Names of results that nothing comes out under.
  void checkFields(List<String> fields, List<String> outputs) {
    for (String field : fields) {
      if (!outputs.contains(field)) {
        problems.add(
            new Problem(
                ErrorCode.MANIFEST_TENSOR_UNKNOWN,
                Location.manifest("/run/results/fields"),
                "no output `" + field + "` comes out",
                outputs.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")),
                NearMatches.hint(field, outputs, "take one of these names")));
      }
    }
  }

  void unfit(Location where, String seen, String allowed, String hint) {
    problems.add(new Problem(ErrorCode.MANIFEST_TENSOR_UNFIT, where, seen, allowed, hint));
  }

  /// Labels that are not as many as there are classes.
  void checkLabels(List<String> labels, long classes, String tensor) {
    if (!labels.isEmpty() && labels.size() != classes) {
      unfit(
          Location.manifestAt("outputs", "labels"),
          labels.size() + " labels",
          classes + ", one for each class of `" + tensor + "`",
          "name every class in the model's order; a background class counts too");
    }
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new CompileException(problems);
    }
  }

  private static String list(List<Value> values) {
    return values.stream()
        .map(value -> "`" + value.name() + "` " + value.type())
        .collect(Collectors.joining(", "));
  }
}
