package io.edgewright.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One decoded result of a detector: a labelled box, corners in pixels of the picture that went in.
public record Detection(
    String label, double score, double left, double top, double right, double bottom) {

  /// Reads the `detections` of one result line of the runner.
  static List<Detection> fromResult(JsonNode result) {
    var detections = new ArrayList<Detection>();
    for (JsonNode found : result.path("outputs").path("detections")) {
      JsonNode box = found.get("box");
      detections.add(
          new Detection(
              found.path("label").asText("class " + found.path("class")),
              found.get("score").asDouble(),
              box.get(0).asDouble(),
              box.get(1).asDouble(),
              box.get(2).asDouble(),
              box.get(3).asDouble()));
    }
    return detections;
  }

  /// Such as `face 0.93 at (61, 40) to (118, 97)`.
  String sentence() {
    return String.format(
        Locale.ROOT,
        "%s %.2f at (%.0f, %.0f) to (%.0f, %.0f)",
        label,
        score,
        left,
        top,
        right,
        bottom);
  }
}
