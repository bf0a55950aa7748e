package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.compiler.Plan.Figures;
import io.edgewright.compiler.Plan.TargetPlan;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.ManifestReader;
import io.edgewright.compiler.manifest.Precision;
import io.edgewright.compiler.manifest.TargetChoice;
import io.edgewright.compiler.onnx.OperatorUse;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class PlannerTest {
  private static final Location TARGETS = Location.manifest("/targets");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "models/mnist_8, x86-64-v2, FP32",
    "models/mnist_8, raspberry-pi-4, FP32",
    "models/mlperf_kws_dscnn_fp32, x86-64-v3, FP32",
    "models/mlperf_kws_dscnn_int8, raspberry-pi-3, FP32",
    "models/mobilenet_v1_025_128_fp32, x86-64-v4, FP32",
    "models/mlperf_resnet8_fp32, x86-64-v3, FP32",
    "models/mlperf_resnet8_fp32, x86-64-v3, FP32_DIRECT",
    "commit-ok/models/picto_detect_fp32, raspberry-pi-5, FP32"
  })
  void foretellsTheBytesOfTheBundle(String model, String device, Precision precision)
      throws IOException {
    byte[] bytes = Files.readAllBytes(SharedTestdata.require(model + "/model.onnx"));
    Manifest manifest =
        Manifest.raw("product").withTargets(List.of(new TargetChoice(device, precision)));
    Figures figures = figures(Planner.plan(bytes, manifest, TARGETS)).getFirst();
    Target target = TargetCatalog.standard().get(device, TARGETS);
    CompiledModel compiled =
        Compiler.compile(new CompileRequest(bytes, manifest, target), stage -> {});
    JsonNode bundle = UnpackedBundle.of(compiled, folder).manifest();
    assertThat(figures.weightsBytes()).isEqualTo(bundle.get("weightsBytes").asLong());
    assertThat(figures.arenaBytes()).isEqualTo(bundle.get("arenaBytes").asLong());
    assertThat(figures.flops()).isEqualTo(bundle.at("/predicted/flops").asLong());
    assertThat(figures.latencyMillis()).isEqualTo(bundle.at("/predicted/latencyMillis").asDouble());
    assertThat(Files.size(folder.resolve("weights.bin"))).isEqualTo(figures.weightsBytes());
  }

  @Test
  void countsOperatorsAndNamesTheNodesThatAreNotCovered() throws IOException {
    Plan plan = plan("hostile/op_unknown.onnx", manifest("x86-64-v3"));
    List<OperatorUse> uncovered =
        plan.operators().stream().filter(use -> !use.uncovered().isEmpty()).toList();
    assertThat(uncovered).hasSize(1);
    assertThat(uncovered.getFirst().uncovered()).hasSize(uncovered.getFirst().nodes());
    assertThat(plan.problems())
        .extracting(Problem::code)
        .containsExactly(ErrorCode.OPERATOR_UNSUPPORTED);
    assertThat(plan.problems().getFirst().seen())
        .contains(uncovered.getFirst().uncovered().getFirst());
    assertThat(plan.targets().getFirst().figures()).isEmpty();
  }

  @Test
  void countsNodesInBranches() throws IOException {
    Plan plan = plan("hostile/if_nested_15.onnx", manifest("x86-64-v3"));
    assertThat(plan.operators())
        .filteredOn(use -> use.operator().equals("If"))
        .singleElement()
        .matches(use -> use.nodes() >= 15);
  }

  @Test
  void listsTheProblemsOfAllTargetsAtOnce() throws IOException {
    Manifest budget =
        ManifestReader.read(
            """
            {"name": "words", "budget": {"latencyMillis": 0.001, "memoryBytes": 1000}}
            """
                .getBytes(StandardCharsets.UTF_8));
    Manifest manifest = budget.withTargets(manifest("x86-64-v3", "pi", "raspberry-pi-3").targets());
    Plan plan = plan("models/mlperf_kws_dscnn_fp32/model.onnx", manifest);
    assertThat(plan.targets())
        .extracting(TargetPlan::id)
        .containsExactly("x86-64-v3", "pi", "raspberry-pi-3");
    assertThat(plan.targets())
        .extracting(target -> target.problems().size())
        .containsExactly(2, 1, 2);
    assertThat(plan.targets())
        .extracting(target -> target.figures().isPresent())
        .containsExactly(true, false, true);
    assertThat(plan.allProblems()).hasSize(5);
  }

  @Test
  void expectsFasterDevicesToBeFasterAndCheaperPerFrame() throws IOException {
    List<Figures> figures =
        figures(
            plan(
                "models/mobilenet_v1_025_128_fp32/model.onnx",
                manifest("raspberry-pi-3", "raspberry-pi-4", "raspberry-pi-5", "x86-64-v4")));
    assertThat(figures)
        .extracting(Figures::latencyMillis)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a))
        .doesNotHaveDuplicates();
    assertThat(figures).extracting(Figures::flops).containsOnly(figures.getFirst().flops());
    double watts = TargetCatalog.standard().get("raspberry-pi-3", TARGETS).watts();
    assertThat(figures.getFirst().energyMillijoules())
        .isEqualTo(figures.getFirst().latencyMillis() * watts);
  }

  @Test
  void expectsLargerModelsToTakeLongerAndCostMore() throws IOException {
    Figures small =
        figures(plan("models/mnist_8/model.onnx", manifest("raspberry-pi-4"))).getFirst();
    Figures large =
        figures(plan("models/tv_efficientnet_b0/model.onnx", manifest("raspberry-pi-4")))
            .getFirst();
    assertThat(large.latencyMillis()).isGreaterThan(10 * small.latencyMillis());
    assertThat(large.compilation().seconds()).isGreaterThan(2 * small.compilation().seconds());
    assertThat(large.compilation().dollars()).isGreaterThan(2 * small.compilation().dollars());
  }

  @Test
  void hasNoPlanForWhatIsNoModel() {
    assertThatExceptionOfType(CompileException.class)
        .isThrownBy(() -> plan("hostile/png_named_onnx.onnx", manifest("x86-64-v3")))
        .matches(e -> e.problems().getFirst().code() == ErrorCode.MODEL_UNREADABLE);
  }

  @Test
  void pricesAreSecondsTimesMemory() {
    var price = new CompilePrice.ListPrice(4, 0.00001, 0.0000002);
    assertThat(price.dollars(25)).isEqualTo(0.0010002);
    assertThat(CompilePrice.ListPrice.KNOWN.dollars(0))
        .isEqualTo(CompilePrice.ListPrice.KNOWN.perRequest())
        .isPositive();
  }

  private static Plan plan(String model, Manifest manifest) throws IOException {
    return Planner.plan(Files.readAllBytes(SharedTestdata.require(model)), manifest, TARGETS);
  }

  private static List<Figures> figures(Plan plan) {
    assertThat(plan.allProblems()).isEmpty();
    return plan.targets().stream().map(target -> target.figures().orElseThrow()).toList();
  }

  private static Manifest manifest(String... devices) {
    Manifest raw = Manifest.raw("product");
    List<TargetChoice> targets = Stream.of(devices).map(raw::choice).toList();
    return raw.withTargets(targets);
  }
}
