package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewright.compiler.codegen.LayerCost;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.onnx.GraphImporter;
import io.edgewright.compiler.onnx.OnnxCase;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.Scheduler;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the cost model says against what this machine takes. A machine is faster or slower than the
/// description of its target, and may be busy; that the order of the models is right shows all the
/// same. The table goes to `target/latency-predictions.md`; docs/plan.md has one of them.
@Tag("slow")
class LatencyPredictionTest {
  private static final List<String> MODELS =
      List.of(
          "commit-ok/models/mediapipe_blazeface_short",
          "commit-ok/models/picto_classify_fp32",
          "commit-ok/models/picto_detect_fp32",
          "models/basic_pitch",
          "models/deeplab_v3_257",
          "models/micro_kws_fp32",
          "models/mlperf_kws_dscnn_fp32",
          "models/mlperf_resnet8_fp32",
          "models/mlperf_vww96_fp32",
          "models/mnist_8",
          "models/mobilenet_v1_025_128_fp32",
          "models/nanodet_m_320",
          "models/person_yolox_192",
          "models/sinet_portrait_320",
          "models/st_mobilenet_v2_035_flowers",
          "models/st_yamnet_256",
          "models/super_resolution_10",
          "models/tv_efficientnet_b0",
          "models/tv_resnet18",
          "models/tv_squeezenet1_1",
          "models/tv_vit_tiny96",
          "models/ultraface_rfb_320",
          "models/wakeword_hello_deepa",
          "models/yolox_nano_416",
          "models/yunet_n_320");
  private static final int RUNS = 12;

  private record Row(String model, double predictedMillis, double measuredMillis) {
    double ratio() {
      return predictedMillis / measuredMillis;
    }
  }

  @Test
  void putsModelsInTheOrderInWhichTheyTakeTime() throws IOException {
    assumeTrue(
        Boolean.getBoolean("edgewright.soak"),
        "measures time: ./edgewright test --soak on a quiet machine");
    List<Row> rows = MODELS.stream().map(LatencyPredictionTest::measure).toList();
    Path folder = Files.createDirectories(SharedTestdata.project().resolve("compiler-lib/target"));
    Files.writeString(folder.resolve("latency-predictions.md"), table(rows));
    assertThat(rankCorrelation(rows)).as(table(rows)).isGreaterThan(0.9);
  }

  private static Row measure(String folder) {
    OnnxCase model = OnnxCase.read(SharedTestdata.require(folder));
    OnnxCase.DataSet set = model.sets().getFirst();
    Graph graph = PassList.run(GraphImporter.read(model.model(), model.dims(set)));
    Target host = TargetCatalog.standard().get("host", Location.option("--target"));
    double micros =
        LayerCosts.of(graph, Scheduler.schedule(graph, Machine.of(host)), host).stream()
            .mapToDouble(LayerCost::predictedMicros)
            .sum();
    try (CompiledGraph compiled = CompiledGraph.of(graph, "host");
        CompiledGraph.Call call = compiled.prepare(set.inputs())) {
      double best = Double.MAX_VALUE;
      for (int run = 0; run < RUNS; run++) {
        long start = System.nanoTime();
        call.run();
        best = Math.min(best, (System.nanoTime() - start) / 1e6);
      }
      return new Row(model.name(), micros / 1000, best);
    }
  }

  /// Spearman's, on ranks without ties.
  private static double rankCorrelation(List<Row> rows) {
    List<Integer> predicted = ranks(rows, Row::predictedMillis);
    List<Integer> measured = ranks(rows, Row::measuredMillis);
    double squares =
        IntStream.range(0, rows.size())
            .mapToDouble(i -> Math.pow(predicted.get(i) - measured.get(i), 2))
            .sum();
    double n = rows.size();
    return 1 - 6 * squares / (n * (n * n - 1));
  }

  private static List<Integer> ranks(List<Row> rows, ToDoubleFunction<Row> value) {
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingDouble(value));
    return rows.stream().map(sorted::indexOf).toList();
  }

  private static String table(List<Row> rows) {
    double common = geometricMean(rows.stream().map(Row::ratio).toList());
    double typical =
        geometricMean(rows.stream().map(row -> deviation(row.ratio() / common)).toList());
    return rows.stream()
        .map(row ->
            String.format(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.2f | %.2f |%n",
                row.model(),
                row.predictedMillis(),
                row.measuredMillis(),
                row.ratio(),
                row.ratio() / common))
        .collect(
            Collectors.joining(
                "",
                "| model | predicted ms | measured ms | ratio | ratio / mean |\n|---|---|---|---|---|\n",
                String.format(
                    Locale.ROOT,
                    "%nGeometric mean of the ratios %.2f, typical deviation from it a factor of"
                        + " %.2f.%n",
                    common,
                    typical)));
  }

  private static double deviation(double ratio) {
    return Math.max(ratio, 1 / ratio);
  }

  private static double geometricMean(List<Double> values) {
    return Math.exp(values.stream().mapToDouble(Math::log).average().orElseThrow());
  }
}
