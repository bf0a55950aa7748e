package io.edgewright.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CostTest {
  private static final Measured MEASURED = Measured.durations();

  /// `./edgewright cost --update` writes it anew.
  @Test
  void theDocumentIsWhatTheCodeSays() throws IOException {
    assertThat(Files.readString(SharedTestdata.project().resolve("docs/cost.md")))
        .isEqualTo(CostReport.markdown());
  }

  @Test
  void everythingUsedHasAPriceAndASource() {
    Prices prices = Prices.listed();
    CompilationUsage compilation = CompilationUsage.counted(MEASURED);
    DeviceUsage device = new DeviceUsage(MEASURED);
    Set<String> used = new HashSet<>(compilation.ofWhole(Processor.X86).amounts().keySet());
    for (Processor processor : Processor.values()) {
      MEASURED
          .targets()
          .forEach(one -> used.addAll(compilation.ofTarget(processor, one).amounts().keySet()));
      used.addAll(device.report(processor).amounts().keySet());
    }
    assertThat(prices.byName().keySet()).containsAll(used);
    assertThat(prices.byName().values())
        .allSatisfy(price -> {
          assertThat(price.usd()).isPositive();
          assertThat(price.source()).startsWith("https://aws.amazon.com/");
        });
  }

  /// Counted by hand from `docs/workflow.md`.
  @Test
  void countsTheStatesOfTheWayToSuccess() {
    CompilationUsage usage = CompilationUsage.counted(MEASURED);
    assertThat(usage.whole()).isEqualTo(new CompilationUsage.Path(3, 2));
    assertThat(usage.target()).isEqualTo(new CompilationUsage.Path(5, 3));
  }

  @Test
  void addsUpAmountsTimesPrices() {
    Prices prices = Prices.listed();
    Usage usage =
        Usage.NOTHING
            .plus("apiGateway.request", 1e6)
            .plus("kms.sign", 10_000)
            .plus(Usage.NOTHING.plus("kms.sign", 10_000));
    assertThat(usage.usd(prices)).isEqualTo(3.50 + 2 * 0.15, within(1e-9));
    assertThat(usage.times(2).usd(prices)).isEqualTo(2 * usage.usd(prices), within(1e-9));
    assertThat(Processor.ARM64.execution(2, 3).usd(prices))
        .isEqualTo(6 * 0.0000133334 + 2e-7, within(1e-12));
  }

  @Test
  void devicesPollOnceAnHourAndComeBackSpreadOut() {
    Fleet.Load usual = new Fleet(36_000, 1).usualDay();
    Fleet.Load storm = new Fleet(36_000, 1).afterOutage(1800);
    assertThat(usual.mean()).isEqualTo(10, within(0.3));
    assertThat(usual.peak()).isBetween(15, 60);
    // Half of them have failed; they come back within some twenty minutes, not in one second.
    assertThat(storm.mean()).isBetween(10.0, 20.0);
    assertThat(storm.peak()).isBetween(usual.peak() / 2, 200);
  }

  @Test
  void countsEveryLoadThatAQuotaLimits() {
    FleetLoad million = FleetLoad.simulated(1_000_000, MEASURED);
    assertThat(Quota.all())
        .allSatisfy(quota -> assertThat(million.most(quota.load())).isPositive());
    assertThat(Set.of(Quota.Kind.values()))
        .isEqualTo(new HashSet<>(Quota.all().stream().map(Quota::load).toList()));
  }
}
