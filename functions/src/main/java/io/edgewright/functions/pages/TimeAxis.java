package io.edgewright.functions.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.compiler.report.Quantity;
import io.edgewright.functions.core.benchmark.Comparison;
import java.util.List;
import java.util.stream.IntStream;

/// A logarithmic axis of times from 0 to 1000 across a picture: a microcontroller and a workstation
/// fit on it together.
record TimeAxis(double fromMicros, double toMicros) {
  private static final int LABELS = 5;

  /// From the fastest to the slowest frame of all rows, with a little room at both ends.
  static TimeAxis over(List<Comparison> rows) {
    double from = Double.MAX_VALUE;
    double to = 0;
    for (Comparison row : rows) {
      JsonNode latency = row.measured().path("latency");
      from = Math.min(from, latency.path("minimumMicros").asDouble());
      to = Math.max(to, latency.path("maximumMicros").asDouble());
    }
    double least = Math.max(from, 1e-3);
    return new TimeAxis(least / 1.1, Math.max(to, least) * 1.1);
  }

  double position(double micros) {
    double part = Math.log(Math.max(micros, 1e-9) / fromMicros) / Math.log(toMicros / fromMicros);
    return 1000 * Math.min(1, Math.max(0, part));
  }

  /// Times at even distances.
  List<String> labels() {
    return IntStream.range(0, LABELS)
        .mapToDouble(i -> fromMicros * Math.pow(toMicros / fromMicros, i / (LABELS - 1.0)))
        .mapToObj(Quantity::micros)
        .toList();
  }
}
