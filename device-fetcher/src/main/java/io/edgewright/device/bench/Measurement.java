package io.edgewright.device.bench;

import io.edgewright.device.bench.Latencies.Bar;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a benchmark found. */
public final class Measurement {
  private static final int WIDEST_BAR = 40;

  private final Map<String, Object> fields;
  private final Latencies latencies;

  Measurement(Map<String, Object> fields, Latencies latencies) {
    this.fields = fields;
    this.latencies = latencies;
  }

  /** As the service takes it. */
  public byte[] json() {
    return JsonText.bytes(fields);
  }

  /** For people, line by line. */
  public List<String> lines() {
    JsonValue all = new JsonValue("measured", fields);
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s on %s: %d frames, %s threads"
            .formatted(
                all.require("model").text(),
                all.require("target").text(),
                latencies.count(),
                all.require("threads").value()));
    lines.add(
        "latency      median %s, 90 %% %s, 99 %% %s, longest %s"
            .formatted(
                time(latencies.quantile(0.5)),
                time(latencies.quantile(0.9)),
                time(latencies.quantile(0.99)),
                time(latencies.quantile(1))));
    histogram(lines);
    lines.add(
        "first result " + figure("%.1f ms after the start", all.require("firstResultMillis")));
    lines.add("memory       " + figure("%.0f bytes at most", all.require("memory"), "peakBytes"));
    lines.add(
        "temperature  " + figure("%.1f °C at most", all.require("temperature"), "maximumCelsius"));
    lines.add(
        "throttled    "
            + all.find("throttled")
                .map(flag -> flag.flag() ? "yes: not valid" : "no")
                .orElse("not known"));
    lines.add(
        "energy       "
            + figure("%.3f mJ an inference", all.require("energy"), "millijoulesPerInference"));
    return lines;
  }

  private void histogram(List<String> lines) {
    List<Bar> bars = latencies.histogram();
    long most = bars.stream().mapToLong(Bar::count).max().orElse(1);
    for (Bar bar : bars) {
      int width = (int) Math.max(1, bar.count() * WIDEST_BAR / most);
      lines.add(
          String.format(
              Locale.ROOT, "  %10s %s %d", time(bar.from()), "#".repeat(width), bar.count()));
    }
  }

  private static String figure(String pattern, JsonValue group, String name) {
    return group.find(name).map(value -> figure(pattern, value)).orElse("not measured");
  }

  private static String figure(String pattern, JsonValue number) {
    return String.format(Locale.ROOT, pattern, number.decimal());
  }

  private static String time(double micros) {
    return micros < 1000
        ? String.format(Locale.ROOT, "%.0f µs", micros)
        : String.format(Locale.ROOT, "%.2f ms", micros / 1000);
  }
}
