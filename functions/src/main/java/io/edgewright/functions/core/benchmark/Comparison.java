package io.edgewright.functions.core.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Benchmark;
import java.util.Comparator;

/// A benchmark beside others.
///
/// @param measured what the device sent
public record Comparison(Benchmark benchmark, JsonNode measured) {
  static final Comparator<Comparison> FASTEST_FIRST =
      Comparator.comparing((Comparison row) -> row.benchmark().model())
          .thenComparingDouble(Comparison::medianMicros)
          .thenComparing(row -> row.benchmark().device());

  static Comparison of(Benchmark benchmark) {
    return new Comparison(benchmark, Json.trusted(benchmark.content()));
  }

  public double medianMicros() {
    return measured.at("/latency/medianMicros").asDouble();
  }

  /// A processor that was throttled shows what the cooling can do, not what the device can.
  public boolean isValid() {
    return !measured.path("throttled").asBoolean();
  }
}
