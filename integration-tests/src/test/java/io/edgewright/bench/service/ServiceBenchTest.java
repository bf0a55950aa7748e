package io.edgewright.bench.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceBenchTest {
  @TempDir private Path folder;

  /// A few of everything. How fast it was is nobody's business here.
  @Tag("slow")
  @Test
  void losesAndDoublesNothing() throws Exception {
    ServiceBenchOptions options = new ServiceBenchOptions(6, 2, 3, 20, 7);
    ServiceReport report =
        new ServiceBench(options, folder, new PrintStream(PrintStream.nullOutputStream())).run();
    assertThat(report.result().broken()).isEmpty();
    JsonNode json = new ObjectMapper().readTree(report.json());
    assertThat(json.at("/routes/POST ~1v1~1compilations/requests").asInt())
        .isGreaterThanOrEqualTo(6);
    assertThat(json.at("/routes/GET bundle/requests").asInt()).isEqualTo(20);
    assertThat(json.path("lostOrDoubled")).isEmpty();
    assertThat(report.table()).contains("p50 ms", "p99 ms", "peak memory", "lost or doubled");
  }

  @Test
  void percentilesAreTimesThatWereMeasured() {
    List<Double> times = DoubleStream.iterate(100, time -> time - 1).limit(100).boxed().toList();
    assertThat(ServiceReport.percentile(times, 50)).isEqualTo(50);
    assertThat(ServiceReport.percentile(times, 99)).isEqualTo(99);
    assertThat(ServiceReport.percentile(times, 100)).isEqualTo(100);
    assertThat(ServiceReport.percentile(List.of(3.0), 50)).isEqualTo(3);
  }

  @Test
  void takesTheFiguresOfTheCommandLine() {
    assertThat(ServiceBenchOptions.parse(List.of("--seed", "3")))
        .isEqualTo(new ServiceBenchOptions(1000, 200, 50, 10_000, 3));
    assertThat(ServiceBenchOptions.parse(List.of("--submissions", "5", "--seed", "3")))
        .isEqualTo(new ServiceBenchOptions(5, 5, 50, 10_000, 3));
    assertThat(ServiceBenchOptions.parse(List.of("--quick", "--devices", "9")).devices())
        .isEqualTo(9);
    for (List<String> wrong :
        List.of(List.of("--devices"), List.of("--clients", "x"), List.of("--speed", "1"))) {
      assertThatThrownBy(() -> ServiceBenchOptions.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong.getFirst())
          .hasMessageContaining("usage: bench service");
    }
    assertThatThrownBy(() -> ServiceBenchOptions.parse(List.of("--clients", "0")))
        .hasMessageContaining("at least one client");
  }
}
