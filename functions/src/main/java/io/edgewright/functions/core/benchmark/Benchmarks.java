package io.edgewright.functions.core.benchmark;

import io.edgewright.functions.core.store.Benchmark;
import io.edgewright.functions.core.store.BenchmarkStore;
import java.util.List;
import java.util.Optional;

/// Takes what devices measured, and compares them.
public final class Benchmarks {
  /// More rows than this compare nothing any more.
  private static final int MOST_COMPARED = 200;

  private final BenchmarkStore benchmarks;

  public Benchmarks(BenchmarkStore benchmarks) {
    this.benchmarks = benchmarks;
  }

  public void take(Benchmark benchmark) {
    benchmarks.put(benchmark);
  }

  /// The newest ones, fastest first.
  ///
  /// @param model the name of the product; absent: of all
  public List<Comparison> compare(Optional<String> model) {
    return benchmarks.newestFirst(model, MOST_COMPARED).stream()
        .map(Comparison::of)
        .sorted(Comparison.FASTEST_FIRST)
        .toList();
  }
}
