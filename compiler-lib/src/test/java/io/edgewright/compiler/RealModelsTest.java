package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.onnx.GraphImporter;
import io.edgewright.compiler.onnx.OnnxCase;
import io.edgewright.compiler.onnx.TestData;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.testing.InstalledTool;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Networks that people use, compiled, against the outputs of ONNX Runtime.
@Tag("slow")
class RealModelsTest {
  /// Every model and every odd graph of the test data, whoever adds one.
  static Stream<String> everyModel() {
    return Stream.of("commit-ok/models", "models", "odd")
        .flatMap(folder ->
            TestData.list(SharedTestdata.require(folder)).stream()
                .filter(path -> Files.exists(path.resolve("model.onnx")))
                .map(path -> folder + "/" + path.getFileName()));
  }

  @ParameterizedTest
  @MethodSource("everyModel")
  void matchesItsReferenceOnThisMachine(String folder) {
    OnnxCase model = OnnxCase.read(SharedTestdata.require(folder));
    for (OnnxCase.DataSet set : model.sets()) {
      Graph graph = PassList.run(GraphImporter.read(model.model(), model.dims(set)));
      try (CompiledGraph compiled = CompiledGraph.of(graph, "host")) {
        checkOutputs("host", model, set, compiled.run(set.inputs()));
      }
    }
  }

  /// Exact sums differ by some steps from what float arithmetic makes of quantized numbers; the
  /// class that a network names must not.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "commit-ok/models/picto_classify_int8",
        "models/micro_kws_qdq",
        "models/micro_kws_qoperator",
        "models/mlperf_kws_dscnn_int8",
        "models/mlperf_resnet8_int8",
        "models/mlperf_strww_int8",
        "models/mlperf_vww96_int8",
        "models/mnist_int8_dynquant",
        "models/mobilenet_v1_025_128_int8",
        "models/tflm_person_detect_int8",
      })
  void namesTheClassThatItsReferenceNames(String folder) {
    OnnxCase model = OnnxCase.read(SharedTestdata.require(folder));
    for (OnnxCase.DataSet set : model.sets()) {
      Graph graph = PassList.run(GraphImporter.read(model.model(), model.dims(set)));
      try (CompiledGraph compiled = CompiledGraph.of(graph, "host")) {
        Tensor scores = compiled.run(set.inputs()).getFirst();
        assertThat(classes(scores)).as(model.name()).isEqualTo(classes(set.outputs().getFirst()));
      }
    }
  }

  /// The index of the largest score in each row.
  private static List<Integer> classes(Tensor scores) {
    int count = Math.toIntExact(scores.shape().extent(scores.shape().rank() - 1));
    double[] all = scores.toDoubles();
    List<Integer> classes = new ArrayList<>();
    for (int row = 0; row < all.length; row += count) {
      int best = row;
      for (int i = row; i < row + count; i++) {
        best = all[i] > all[best] ? i : best;
      }
      classes.add(best - row);
    }
    return classes;
  }

  @ParameterizedTest
  @CsvSource({
    "raspberry-pi-3, commit-ok/models/mediapipe_blazeface_short",
    "raspberry-pi-zero-2, commit-ok/models/picto_detect_fp32",
    "jetson-nano, models/mnist_8",
    "raspberry-pi-4, models/mlperf_kws_dscnn_fp32",
    "jetson-orin-nano, models/mlperf_resnet8_fp32",
    "rock-5b, models/mobilenet_v1_025_128_fp32",
    "raspberry-pi-5, models/yunet_n_320",
    "raspberry-pi-3, models/mlperf_kws_dscnn_int8",
    "raspberry-pi-5, models/mobilenet_v1_025_128_int8",
    "raspberry-pi-zero, commit-ok/models/picto_classify_int8",
    "raspberry-pi-2, commit-ok/models/picto_classify_int8",
    "raspberry-pi-2, commit-ok/models/mediapipe_blazeface_short",
    "raspberry-pi-2, commit-ok/models/picto_detect_fp32",
    "raspberry-pi-2, models/mlperf_kws_dscnn_fp32",
    "raspberry-pi-2, models/mobilenet_v1_025_128_fp32",
    "raspberry-pi-zero, models/mnist_8",
    "raspberry-pi-zero, commit-ok/models/picto_classify_fp32",
    "raspberry-pi-zero, models/mlperf_kws_dscnn_fp32",
    "raspberry-pi-zero, models/mobilenet_v1_025_128_fp32",
    "riscv64-gcv, commit-ok/models/picto_detect_fp32",
    "riscv64-gcv, models/mlperf_kws_dscnn_fp32",
    "riscv64-gcv, models/mobilenet_v1_025_128_fp32",
  })
  void matchesItsReferenceOnAnEmulatedDevice(String id, String folder, @TempDir Path unpacked)
      throws IOException, InterruptedException {
    OnnxCase model = OnnxCase.read(SharedTestdata.require(folder));
    Target target = TargetCatalog.standard().get(id, Location.option("--target"));
    Path emulator = InstalledTool.qemuUser(target.architecture());
    OnnxCase.DataSet set = model.sets().getFirst();
    Manifest manifest = Manifest.raw("model").withDims(model.dims(set));
    CompiledModel bundle =
        Compiler.compile(new CompileRequest(model.bytes(), manifest, target), _ -> {});
    List<Tensor> results =
        UnpackedBundle.of(bundle, unpacked)
            .run(set.inputs(), emulator.toString(), "-cpu", target.emulatedCpu().orElseThrow());
    checkOutputs(id, model, set, shaped(results, set.outputs()));
  }

  private static List<Tensor> shaped(List<Tensor> flat, List<Tensor> like) {
    List<Tensor> shaped = new ArrayList<>();
    for (int i = 0; i < flat.size(); i++) {
      shaped.add(flat.get(i).withShape(like.get(i).shape()));
    }
    return shaped;
  }

  private static void checkOutputs(
      String target, OnnxCase model, OnnxCase.DataSet set, List<Tensor> results) {
    assertThat(results).hasSameSizeAs(set.outputs());
    double worst = 0;
    for (int output = 0; output < results.size(); output++) {
      double excess = model.excess(set, output, results.get(output));
      assertThat(excess)
          .as("%s, output %d: error as a multiple of the tolerance", model.name(), output)
          .isLessThanOrEqualTo(1);
      worst = Math.max(worst, excess);
    }
    System.out.printf("%s on %s: error %.3g of its tolerance%n", model.name(), target, worst);
  }
}
