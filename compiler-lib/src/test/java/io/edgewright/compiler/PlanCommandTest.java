package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.testing.SharedTestdata;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void printsATableWithARowForEachTarget() {
    Path model = SharedTestdata.require("models/mnist_8/model.onnx");
    assertThat(run("plan", model, "--target", "x86-64-v3", "--target", "raspberry-pi-3")).isZero();
    List<String> lines = text(out).lines().toList();
    assertThat(lines.get(0)).contains("6 operators in 12 nodes, all covered");
    assertThat(lines.get(2)).matches("target +weights +arena +FLOPs +latency +energy .*verdict");
    assertThat(lines.get(3)).matches("x86-64-v3 +30.3 kB +31.4 kB .* us .*J .* s, \\$0\\.0.* ok");
    assertThat(lines.get(4)).startsWith("raspberry-pi-3 ");
    assertThat(lines).hasSize(5);
    assertThat(text(err)).isEmpty();
  }

  @Test
  void printsThePlanAsAnObject() throws IOException {
    Path model = SharedTestdata.require("models/mnist_8/model.onnx");
    assertThat(run("plan", model, "--target", "x86-64-v3", "--json")).isZero();
    JsonNode plan = new ObjectMapper().readTree(out.toByteArray());
    assertThat(plan.at("/targets/0/weightsBytes").asLong()).isEqualTo(30272);
    assertThat(plan.at("/targets/0/predictedLatencyMillis").asDouble()).isPositive();
    assertThat(plan.at("/targets/0/predictedCompilation/dollars").asDouble()).isPositive();
    assertThat(plan.at("/operators/1/operator").asText()).isEqualTo("Conv");
    assertThat(plan.get("problems")).isEmpty();
    assertThat(text(err)).isEmpty();
  }

  @Test
  void tellsEveryProblemOfEveryTargetAndStillPrintsThePlan() throws IOException {
    Path manifest =
        Files.writeString(
            folder.resolve("m.json"),
            """
            {"name": "words", "targets": ["x86-64-v3", "raspberry-pi-3"],
             "budget": {"latencyMillis": 0.001, "memoryBytes": 1000}}
            """);
    Path model = SharedTestdata.require("models/mlperf_kws_dscnn_fp32/model.onnx");
    assertThat(run("plan", model, "--manifest", manifest)).isEqualTo(3);
    assertThat(text(err).lines()).hasSize(4).allMatch(line -> line.startsWith("error EW-2008 "));
    assertThat(text(out).lines().filter(line -> line.endsWith("2 problems"))).hasSize(2);
    out.reset();
    assertThat(run("plan", model, "--manifest", manifest, "--json")).isEqualTo(3);
    JsonNode plan = new ObjectMapper().readTree(out.toByteArray());
    assertThat(plan.at("/targets/1/problems/0/code").asText()).isEqualTo("EW-2008");
    assertThat(plan.at("/targets/1/arenaBytes").asLong()).isPositive();
  }

  @Test
  void namesWhatIsNotCoveredAndBlamesTheCaller() {
    Path model = SharedTestdata.require("hostile/op_unknown.onnx");
    assertThat(run("plan", model, "--target", "x86-64-v3", "--target", "pi")).isEqualTo(2);
    assertThat(text(out)).contains("1 not covered", "  not covered: ");
    assertThat(text(err)).contains("EW-1004", "EW-2101");
  }

  @Test
  void printsProblemsAsCompileDoesWhereThereIsNoPlan() throws IOException {
    Path manifest = Files.writeString(folder.resolve("m.json"), "{\"name\": \"m\", \"x\": 1}");
    Path model = SharedTestdata.require("hostile/png_named_onnx.onnx");
    assertThat(run("plan", model, "--manifest", manifest, "--json")).isEqualTo(2);
    JsonNode problems = new ObjectMapper().readTree(out.toByteArray());
    assertThat(problems)
        .extracting(problem -> problem.get("code").asText())
        .containsExactly("EW-2002", "EW-1001");
  }

  @Test
  void takesNoOptionOfCompileAlone() {
    Path model = SharedTestdata.require("models/mnist_8/model.onnx");
    assertThat(run("plan", model, "-o", folder)).isEqualTo(2);
    assertThat(text(err)).contains("EW-2201", "option -o", "usage: plan MODEL.onnx");
    assertThat(run("plan", "--help")).isZero();
  }

  /// Where the cache is a file, the toolchain cannot be unpacked, and nothing can be compiled.
  @Test
  void needsNoToolchain() throws IOException, InterruptedException {
    Path model = SharedTestdata.require("models/mnist_8/model.onnx");
    Path cache = Files.createFile(folder.resolve("cache"));
    assertThat(inAProcessOfItsOwn(cache, "compile", model.toString(), "-o", folder.toString()))
        .isEqualTo(1);
    assertThat(inAProcessOfItsOwn(cache, "plan", model.toString())).isZero();
  }

  private int inAProcessOfItsOwn(Path cache, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CommandLine.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("EDGEWRIGHT_CACHE", cache.toString());
    Path nowhere = folder.resolve("output.txt");
    return builder.redirectErrorStream(true).redirectOutput(nowhere.toFile()).start().waitFor();
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  private int run(Object... arguments) {
    List<String> texts = Stream.of(arguments).map(Object::toString).toList();
    return new CommandLine(new PrintStream(out, true), new PrintStream(err, true)).run(texts);
  }
}
