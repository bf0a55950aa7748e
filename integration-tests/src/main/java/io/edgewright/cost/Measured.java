package io.edgewright.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Durations that were measured, and how.
record Measured(
    String how,
    List<Target> targets,
    Function worker,
    Function step,
    Function verify,
    Function request) {
  /// A model for a target.
  ///
  /// @param seconds of one processor
  record Target(
      String model, double modelMegabytes, String target, double seconds, double bundleMegabytes) {}

  /// @param seconds of one execution; of the worker 0: it depends on the model
  record Function(double gigabytes, double seconds, String how) {}

  static Measured durations() {
    JsonNode file = DataFile.read("measured.json");
    List<Target> targets = new ArrayList<>();
    for (JsonNode one : file.at("/compilations/measured")) {
      targets.add(
          new Target(
              one.get("model").asText(),
              one.get("modelMegabytes").asDouble(),
              one.get("target").asText(),
              one.get("seconds").asDouble(),
              one.get("bundleMegabytes").asDouble()));
    }
    return new Measured(
        file.at("/compilations/how").asText(),
        List.copyOf(targets),
        function(file.get("worker")),
        function(file.get("step")),
        function(file.get("verify")),
        function(file.get("request")));
  }

  private static Function function(JsonNode node) {
    return new Function(
        node.get("gigabytes").asDouble(),
        node.path("seconds").asDouble(),
        node.get("how").asText());
  }
}
