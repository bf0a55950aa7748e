package io.edgewright.functions.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.Compilation;
import java.util.List;

/// All that a worker has to know of a target, out of what [InspectStep] gave: a worker has no
/// database.
///
/// @param name of the product
/// @param manifest of the manifest for this target
record TargetTask(Progress.Task task, String name, Digest model, Digest manifest, Digest compiler) {
  /// A step's output is part of the workflow's state, which Step Functions limits to 256 KiB.
  private static final int MOST_PROBLEM_BYTES = 48 << 10;

  static TargetTask of(JsonNode input) {
    return new TargetTask(
        new Progress.Task(
            input.required("compilation").asText(),
            input.required("attempt").asInt(),
            input.required("target").asText()),
        input.required("name").asText(),
        digest(input, "model"),
        digest(input, "manifest"),
        digest(input, "compiler"));
  }

  private static Digest digest(JsonNode input, String field) {
    return new Digest(input.required(field).asText());
  }

  String target() {
    return task.target();
  }

  String modelKey() {
    return Compilation.modelKey(model);
  }

  String manifestKey() {
    return Compilation.jobKey(task.compilation(), task.attempt(), target());
  }

  /// Where the bundle waits for what comes after.
  String stagingKey() {
    return Compilation.stagingKey(task.compilation(), task.attempt(), target());
  }

  /// The output of a step that ends the target: a step with a database records them.
  static ObjectNode refused(List<ServiceProblem> problems) {
    ObjectNode output = Json.object();
    output.set(
        "problems", ServiceProblem.toJson(ServiceProblem.first(problems, MOST_PROBLEM_BYTES)));
    return output;
  }
}
