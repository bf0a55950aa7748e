package io.edgewright.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Tables and JSON of made-up measurements.
class BenchReportTest {
  private static final Machine MACHINE =
      new Machine("Model T", 2, Optional.of(200e9), Optional.of(300e9));

  private static BenchResult result() {
    return new BenchResult(
        MACHINE,
        "1.29.0",
        true,
        List.of(
            measurement("twice", false, 2, 1),
            measurement("half", false, 1, 2),
            measurement("whole", true, 3, 1)),
        List.of(new BenchResult.Failure("broken", "no data")));
  }

  private static Measurement measurement(
      String name, boolean quantised, double theirs, double ours) {
    Duel duel = new Duel(Spread.of(List.of(theirs)), Spread.of(List.of(ours)));
    return new Measurement(
        new BenchModel(name, Path.of("m.onnx"), quantised, Map.of(), List.of(), List.of("y")),
        duel,
        duel,
        new Measurement.Artifact(4096, 2048, 1024, 1, 2500),
        100_000_000,
        Optional.of(
            new Measurement.Starts(new FirstResult(60, 30 << 20), new FirstResult(6, 10 << 20))));
  }

  @Test
  void showsOneLineAModelAndTheMeans() {
    String text = new BenchTable(result()).text();

    assertThat(text).contains("ONNX Runtime 1.29.0", "Model T, 2 processors", "200.0 GFLOP/s");
    assertThat(text).contains("A quick run", "not measured: broken: no data");
    assertThat(lines(text, "twice").getFirst())
        .matches("twice +2.00 .2.00 2.00. +1.00 .1.00 1.00. +2.00 +2.00 +50 % .*");
    assertThat(lines(text, "twice").getLast())
        .matches("twice +2.5 +4 +2 +1 +1 +60.0 +6.0 +10.0 +30720 +10240 +3.0");
    assertThat(lines(text, "geometric mean").getFirst())
        .matches("geometric mean +1.00 +1.00 +1.00 +1.00");
    assertThat(text.indexOf("int8 models")).isBetween(text.indexOf("half"), text.indexOf("whole"));
  }

  @Test
  void leavesOutWhatNeedsACompilerThatIsNotThere() {
    Measurement whole = result().measurements().getFirst();
    Measurement without =
        new Measurement(
            whole.model(),
            whole.oneThread(),
            whole.twoThreads(),
            whole.artifact(),
            1,
            Optional.empty());
    Machine machine = new Machine("Model T", 2, Optional.empty(), Optional.empty());
    BenchResult bare = new BenchResult(machine, "1.29.0", false, List.of(without), List.of());

    assertThat(new BenchTable(bare).text()).contains("(no C compiler)").doesNotContain("int8");
    assertThat(new BenchJson(bare).text()).doesNotContain("peakFlops", "processOurs");
  }

  @Test
  void writesTheSameAsJson() throws Exception {
    JsonNode json = new ObjectMapper().readTree(new BenchJson(result()).text());

    assertThat(json.at("/floatModels/geometricMeanOneThread").asDouble())
        .isCloseTo(1, within(1e-9));
    assertThat(json.at("/int8Models/geometricMeanTwoThreads").asDouble())
        .isCloseTo(3, within(1e-9));
    JsonNode twice = json.at("/floatModels/models/0");
    assertThat(twice.get("name").asText()).isEqualTo("twice");
    assertThat(twice.at("/oneThread/ratio").asDouble()).isEqualTo(2);
    assertThat(twice.at("/oneThread/ours/medianMillis").asDouble()).isEqualTo(1);
    assertThat(twice.get("shareOfPeakOneThread").asDouble()).isCloseTo(0.5, within(1e-9));
    assertThat(twice.at("/processOurs/residentBytes").asLong()).isEqualTo(10 << 20);
    assertThat(json.at("/notMeasured/0/reason").asText()).isEqualTo("no data");
  }

  private static List<String> lines(String text, String start) {
    return text.lines().filter(line -> line.startsWith(start)).toList();
  }
}
