package io.edgewright.device.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewright.device.bench.Latencies.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void takesTheSmallestThatEnoughFramesDidNotExceed() {
    List<Double> hundred = new ArrayList<>();
    for (int micros = 100; micros >= 1; micros--) {
      hundred.add((double) micros);
    }
    Latencies latencies = new Latencies(hundred);

    assertThat(latencies.quantile(0.5)).isEqualTo(50);
    assertThat(latencies.quantile(0.99)).isEqualTo(99);
    assertThat(latencies.quantile(1)).isEqualTo(100);
    assertThat(latencies.quantile(0)).isEqualTo(1);
    assertThat(latencies.mean()).isEqualTo(50.5);
    assertThat(new Latencies(List.of(7.0)).quantile(0.5)).isEqualTo(7);
  }

  @Test
  void putsEveryFrameIntoTheBarThatHoldsIt() {
    Random random = new Random(3);
    List<Double> all = new ArrayList<>(List.of(0.0, 0.5, 1.0, 2.0, 1024.0));
    for (int frame = 0; frame < 5000; frame++) {
      all.add(Math.exp(random.nextDouble() * 18));
    }
    List<Bar> bars = new Latencies(all).histogram();

    assertThat(bars.stream().mapToLong(Bar::count).sum()).isEqualTo(all.size());
    assertThat(bars).hasSizeLessThan(500);
    for (int index = 0; index < bars.size(); index++) {
      Bar bar = bars.get(index);
      long held =
          all.stream()
              .filter(micros -> micros >= bar.from() - 1e-6 && micros < bar.upto() - 1e-6)
              .count();
      assertThat(held).as("%s", bar).isEqualTo(bar.count());
      if (index > 0) {
        assertThat(bar.from()).isGreaterThanOrEqualTo(bars.get(index - 1).upto() - 1e-6);
      }
    }
    assertThat(bars.get(0)).isEqualTo(new Bar(0, 1, 2));
    assertThat(bars.get(bars.size() - 1).upto() / bars.get(bars.size() - 1).from())
        .isEqualTo(Math.pow(2, 0.25), within(1e-9));
  }
}
