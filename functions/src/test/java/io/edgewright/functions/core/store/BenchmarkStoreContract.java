package io.edgewright.functions.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

public abstract class BenchmarkStoreContract {
  /// Knows the devices `d1` and `d2`.
  protected abstract BenchmarkStore store();

  private static Benchmark benchmark(String device, String model, String bundle, int second) {
    return new Benchmark(
        device,
        "name",
        "host",
        model,
        Samples.digest(bundle),
        Samples.NOON.plusSeconds(second),
        "{\"second\":" + second + "}");
  }

  @Test
  void keepsTheLastOfEveryBundleOnEveryDevice() {
    store().put(benchmark("d1", "m", "a", 1));
    store().put(benchmark("d1", "m", "b", 2));
    store().put(benchmark("d2", "m", "a", 3));
    store().put(benchmark("d1", "m", "a", 4));
    assertThat(store().newestFirst(Optional.of("m"), 10))
        .containsExactly(
            benchmark("d1", "m", "a", 4),
            benchmark("d2", "m", "a", 3),
            benchmark("d1", "m", "b", 2));
  }

  @Test
  void isNotMisledByOneThatComesLate() {
    store().put(benchmark("d1", "m", "a", 4));
    store().put(benchmark("d1", "m", "a", 1));
    assertThat(store().newestFirst(Optional.empty(), 10))
        .containsExactly(benchmark("d1", "m", "a", 4));
  }

  @Test
  void findsByModelAndNoMoreThanAsked() {
    store().put(benchmark("d1", "m", "a", 1));
    store().put(benchmark("d1", "n", "b", 2));
    assertThat(store().newestFirst(Optional.of("m"), 10)).hasSize(1);
    assertThat(store().newestFirst(Optional.of("none"), 10)).isEmpty();
    assertThat(store().newestFirst(Optional.empty(), 1))
        .containsExactly(benchmark("d1", "n", "b", 2));
  }
}
