package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.compiler.onnx.OnnxCase;
import io.edgewright.testing.SharedTestdata;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void writesOneBundleATargetAndPrintsItsPath() throws IOException, InterruptedException {
    OnnxCase model = OnnxCase.read(SharedTestdata.require("models/mnist_8"));
    Path file = Files.write(folder.resolve("digits.onnx"), model.bytes());
    int status =
        run("compile", file, "--target", "host", "--target", "raspberry-pi-3", "-o", folder);
    assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
    Path host = folder.resolve("digits-host.zip");
    Path device = folder.resolve("digits-raspberry-pi-3.zip");
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(host.toString(), device.toString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(host)))
        .startsWith("rw-r");
    CompiledModel bundle = new CompiledModel("", Files.readAllBytes(host), "");
    var results =
        UnpackedBundle.of(bundle, folder.resolve("u")).run(model.sets().getFirst().inputs());
    assertThat(model.excess(model.sets().getFirst(), 0, results.getFirst())).isLessThanOrEqualTo(1);
  }

  @Test
  void takesEveryBatchUpToAMaximum() throws IOException, InterruptedException {
    OnnxCase model = OnnxCase.read(SharedTestdata.require("commit-ok/models/picto_classify_fp32"));
    Path file = Files.write(folder.resolve("picto.onnx"), model.bytes());
    int status = run("compile", file, "--dim", "batch=..4", "-o", folder);
    assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
    CompiledModel zip =
        new CompiledModel("", Files.readAllBytes(folder.resolve("picto-host.zip")), "");
    UnpackedBundle bundle = UnpackedBundle.of(zip, folder.resolve("u"));
    assertThat(bundle.manifest().at("/inputs/0/maximumShape").toString()).isEqualTo("[4,3,64,64]");
    for (OnnxCase.DataSet set : model.sets()) {
      var results = bundle.run(set.inputs());
      assertThat(results.getFirst().shape()).isEqualTo(set.outputs().getFirst().shape());
      assertThat(model.excess(set, 0, results.getFirst())).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void writesAPageBesideTheBundleWhenAsked() throws IOException {
    Path model = SharedTestdata.require("models/mnist_8/model.onnx");
    assertThat(run("compile", model, "--target", "x86-64-v3", "--report", "-o", folder)).isZero();
    Path bundle = folder.resolve("model-x86-64-v3.zip");
    Path page = folder.resolve("model-x86-64-v3.report.html");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(bundle + "\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("report " + page);
    assertThat(Files.readString(page))
        .startsWith("<!doctype html>")
        .contains("<h2>Network</h2>", "<h2>Memory over time</h2>", "<h2>Device</h2>")
        .contains("Convolution28", "float32[1, 8, 28, 28]");
  }

  @Test
  void givesTheSameBytesInAnotherFolderAndBesideOtherTargets() throws IOException {
    Path shared = SharedTestdata.require("models/mlperf_kws_dscnn_fp32/model.onnx");
    Path first = Files.createDirectories(folder.resolve("a/long/path"));
    Path second = Files.createDirectories(folder.resolve("b"));
    Path one = Files.copy(shared, first.resolve("words.onnx"));
    Path other = Files.copy(shared, second.resolve("words.onnx"));
    assertThat(run("compile", one, "--target", "x86-64-v3", "-o", first)).isZero();
    assertThat(
            run("compile", other, "--target", "x86-64-v2", "--target", "x86-64-v3", "-o", second))
        .isZero();
    assertThat(first.resolve("words-x86-64-v3.zip"))
        .hasSameBinaryContentAs(second.resolve("words-x86-64-v3.zip"));
  }

  @Test
  void namesAnUnboundDimensionAndLeavesNothingBehind() throws IOException {
    Path model = SharedTestdata.require("models/tv_resnet18/model.onnx");
    Path place = Files.createDirectories(folder.resolve("o"));
    assertThat(run("compile", model, "-o", place, "--json")).isEqualTo(2);
    JsonNode problems = new ObjectMapper().readTree(out.toByteArray());
    assertThat(problems.get(0).get("code").asText()).isEqualTo("EW-1009");
    assertThat(problems.get(0).toString()).contains("batch", "--dim");
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void refusesWhatPassesItsBudgetsAndSaysByHowMuch() throws IOException {
    Path model = SharedTestdata.require("models/mlperf_kws_dscnn_fp32/model.onnx");
    Path manifest =
        Files.writeString(
            folder.resolve("m.json"),
            """
            {"name": "words", "targets": ["x86-64-v3"],
             "budget": {"latencyMillis": 0.001, "memoryBytes": 1000}}
            """);
    assertThat(run("compile", model, "--manifest", manifest, "-o", folder, "--json")).isEqualTo(3);
    JsonNode problems = new ObjectMapper().readTree(out.toByteArray());
    assertThat(problems)
        .hasSize(2)
        .allMatch(problem -> problem.get("code").asText().equals("EW-2008"))
        .allMatch(problem -> problem.get("seen").asText().contains("more than the budget"));
    assertThat(folder.resolve("words-x86-64-v3.zip")).doesNotExist();
  }

  @Test
  void listsEveryWrongOption() throws IOException {
    assertThat(run("compile", "--dim", "batch", "--fast", "--json")).isEqualTo(2);
    JsonNode problems = new ObjectMapper().readTree(out.toByteArray());
    assertThat(problems).hasSize(3).allMatch(p -> p.get("code").asText().equals("EW-2201"));
  }

  @Test
  void namesATargetThatDoesNotExist() throws IOException {
    Path model = Files.write(folder.resolve("m.onnx"), new byte[0]);
    assertThat(run("compile", model, "--target", "raspbery-pi-3", "--json")).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("EW-2101", "raspberry-pi-3");
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThat(run("compile", folder.resolve("nowhere.onnx"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("EW-2201", "nowhere.onnx");
    assertThat(out.size()).isZero();
  }

  @Test
  void explainsItself() {
    assertThat(run("compile", "--help")).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("MODEL.onnx");
  }

  private int run(Object... arguments) {
    List<String> texts = Stream.of(arguments).map(Object::toString).toList();
    return new CommandLine(new PrintStream(out, true), new PrintStream(err, true)).run(texts);
  }
}
