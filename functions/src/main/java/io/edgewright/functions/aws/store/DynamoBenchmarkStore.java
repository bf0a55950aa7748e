package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.Benchmark;
import io.edgewright.functions.core.store.BenchmarkStore;
import java.util.List;
import java.util.Optional;

/// An item a bundle on a device.
public final class DynamoBenchmarkStore implements BenchmarkStore {
  private static final String ALL = "benchmark";

  private final Table benchmarks;

  public DynamoBenchmarkStore(Tables tables) {
    this.benchmarks = tables.table("benchmarks");
  }

  @Override
  public void put(Benchmark benchmark) {
    String place = benchmark.device() + "/" + benchmark.bundle().hex();
    Item item =
        Item.of("device", benchmark.device())
            .with("bundle", benchmark.bundle().hex())
            .with("list", ALL)
            .with("age", Ages.newestFirst(benchmark.at(), place))
            .with("name", benchmark.name())
            .with("target", benchmark.target())
            .with("model", benchmark.model())
            .with("at", benchmark.at())
            .with("content", benchmark.content());
    Term newer = Term.of("attribute_not_exists(#device) OR #at <= :at").with("at", benchmark.at());
    // A newer one that is there already stays.
    var _ = benchmarks.put(item, newer);
  }

  @Override
  public List<Benchmark> newestFirst(Optional<String> model, int limit) {
    Search search =
        model
            .map(wanted ->
                benchmarks.search(Term.of("#model = :model").with("model", wanted)).in("model"))
            .orElseGet(
                () -> benchmarks.search(Term.of("#list = :list").with("list", ALL)).in("newest"));
    return search.first(limit).map(DynamoBenchmarkStore::benchmark).toList();
  }

  private static Benchmark benchmark(Item item) {
    return new Benchmark(
        item.textOf("device"),
        item.textOf("name"),
        item.textOf("target"),
        item.textOf("model"),
        new Digest(item.textOf("bundle")),
        item.instantOf("at"),
        item.textOf("content"));
  }
}
