package io.edgewright.device.results;

import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Totals of one product on this device since it began to count. */
final class Counters {
  private static final int MOST_LABELS = 256;
  private static final String OTHERS = "(others)";

  private final Map<String, Long> labels = new TreeMap<>();
  private String bundle = "";
  private String at = "";
  private long frames;
  private long samples;

  void count(String newBundle, String time, Map<String, Long> seen) {
    bundle = newBundle;
    at = time;
    frames++;
    seen.forEach((label, count) -> {
      boolean fits = labels.containsKey(label) || labels.size() < MOST_LABELS;
      labels.merge(fits ? label : OTHERS, count, Long::sum);
    });
  }

  void countSample() {
    samples++;
  }

  /** Goes on where a record of this kind ended. */
  void restore(JsonValue record) {
    bundle = record.require("bundle").text();
    at = record.require("at").text();
    JsonValue counters = record.require("counters");
    frames = counters.require("frames").integer(0, Long.MAX_VALUE);
    samples = counters.require("samples").integer(0, Long.MAX_VALUE);
    labels.clear();
    counters
        .require("labels")
        .fields()
        .forEach((label, count) -> labels.put(label, count.integer(0, Long.MAX_VALUE)));
  }

  byte[] json(long sequence, String model, long dropped) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("sequence", sequence);
    record.put("kind", "counters");
    record.put("at", at);
    record.put("model", model);
    record.put("bundle", bundle);
    Map<String, Object> counters = new LinkedHashMap<>();
    counters.put("frames", frames);
    counters.put("samples", samples);
    counters.put("dropped", dropped);
    counters.put("labels", new TreeMap<>(labels));
    record.put("counters", counters);
    return JsonText.bytes(record);
  }
}
