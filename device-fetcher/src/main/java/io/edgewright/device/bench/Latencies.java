package io.edgewright.device.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Latencies in microseconds, and what can be said of them. */
final class Latencies {
  /** Four bars for each doubling: fine enough to see two modes, few enough for a radio. */
  private static final int BARS_A_DOUBLING = 4;

  private final double[] sorted;

  /**
   * @param micros at least one
   */
  Latencies(List<Double> micros) {
    sorted = micros.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /**
   * One bar of the histogram; it holds what is at least {@code from} and less than {@code upto}.
   */
  record Bar(double from, double upto, long count) {}

  /** The smallest latency that at least this part of all frames did not exceed. */
  double quantile(double part) {
    int rank = (int) Math.ceil(part * sorted.length);
    return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
  }

  double mean() {
    return Arrays.stream(sorted).average().orElse(0);
  }

  int count() {
    return sorted.length;
  }

  /** Bars that hold something, the fastest first. */
  List<Bar> histogram() {
    Map<Integer, Long> counts = new TreeMap<>();
    for (double micros : sorted) {
      counts.merge(bar(micros), 1L, Long::sum);
    }
    List<Bar> bars = new ArrayList<>();
    counts.forEach((bar, count) -> bars.add(new Bar(edge(bar), edge(bar + 1), count)));
    return bars;
  }

  /** Everything below a microsecond shares bar -1. */
  private static int bar(double micros) {
    return micros < 1
        ? -1
        : (int) Math.floor(Math.log(micros) / Math.log(2) * BARS_A_DOUBLING + 1e-9);
  }

  private static double edge(int bar) {
    return bar < 0 ? 0 : Math.pow(2, (double) bar / BARS_A_DOUBLING);
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("minimumMicros", sorted[0]);
    fields.put("medianMicros", quantile(0.5));
    fields.put("p90Micros", quantile(0.9));
    fields.put("p99Micros", quantile(0.99));
    fields.put("maximumMicros", sorted[sorted.length - 1]);
    fields.put("meanMicros", mean());
    fields.put("histogram", histogram().stream().map(Latencies::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(Bar bar) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("fromMicros", rounded(bar.from()));
    fields.put("uptoMicros", rounded(bar.upto()));
    fields.put("count", bar.count());
    return fields;
  }

  private static double rounded(double micros) {
    return Math.round(micros * 100) / 100.0;
  }
}
