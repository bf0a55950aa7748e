package io.edgewright.device.results;

import io.edgewright.device.bundle.ResultPolicy;
import io.edgewright.device.json.JsonSlices;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the policy leaves of one frame's results.
 *
 * @param outputs JSON text: the wanted outputs, without what is below the threshold
 * @param labels how many of each class are in them
 * @param essence equal for frames that show the same: the labels, and the numbers of tensors
 * @param isEmpty whether classes and detections are all there is, and none is left of them
 */
record Finding(String outputs, Map<String, Long> labels, String essence, boolean isEmpty) {

  /**
   * @param line a result line of the model
   */
  static Finding of(String line, ResultPolicy policy) {
    byte[] outputs =
        JsonSlices.fields(line.getBytes(StandardCharsets.UTF_8), "result")
            .getOrDefault("outputs", new byte[] {'{', '}'});
    Map<String, String> kept = new LinkedHashMap<>();
    Map<String, Long> labels = new TreeMap<>();
    StringBuilder tensors = new StringBuilder();
    boolean isScored = false;
    for (Map.Entry<String, byte[]> output : JsonSlices.fields(outputs, "outputs").entrySet()) {
      if (policy.fields().map(wanted -> wanted.contains(output.getKey())).orElse(true)) {
        String text = new String(output.getValue(), StandardCharsets.UTF_8);
        Optional<List<JsonValue>> scored = scored(output.getKey(), text);
        isScored |= scored.isPresent();
        kept.put(
            output.getKey(),
            scored.map(items -> above(items, policy.threshold(), labels)).orElse(text));
        if (scored.isEmpty()) {
          tensors.append(text);
        }
      }
    }
    boolean isEmpty = isScored && labels.isEmpty() && tensors.length() == 0;
    return new Finding(object(kept), labels, labels + "|" + tensors, isEmpty);
  }

  /** The items of a list of classes or detections; empty for a tensor. */
  private static Optional<List<JsonValue>> scored(String name, String text) {
    String start = text.substring(0, Math.min(text.length(), 64)).replaceAll("\\s", "");
    if (!start.startsWith("[{") && !start.equals("[]")) {
      return Optional.empty();
    }
    return Optional.of(JsonText.parse(text.getBytes(StandardCharsets.UTF_8), name).items());
  }

  private static String above(List<JsonValue> items, double threshold, Map<String, Long> labels) {
    List<Object> left = new ArrayList<>();
    for (JsonValue item : items) {
      double score =
          item.find("score").or(() -> item.find("probability")).map(JsonValue::decimal).orElse(1.0);
      if (score >= threshold) {
        left.add(item.value());
        labels.merge(label(item), 1L, Long::sum);
      }
    }
    return JsonText.print(left);
  }

  private static String label(JsonValue item) {
    return item.find("label")
        .or(() -> item.find("class"))
        .map(value -> value.value() instanceof String text ? text : "class " + value.value())
        .orElse("unnamed");
  }

  private static String object(Map<String, String> members) {
    StringBuilder text = new StringBuilder("{");
    members.forEach((name, value) -> {
      text.append(text.length() == 1 ? "" : ",").append(JsonText.print(name));
      text.append(':').append(value);
    });
    return text.append('}').toString();
  }
}
