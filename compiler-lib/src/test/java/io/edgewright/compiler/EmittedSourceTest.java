package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.bundle.Golden;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.endtoend.EndToEnd;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.ManifestReader;
import io.edgewright.compiler.onnx.GraphImporter;
import io.edgewright.compiler.onnx.OnnxReader;
import io.edgewright.compiler.target.HostProcessor;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.compiler.toolchain.Workspace;
import io.edgewright.testing.InstalledTool;
import io.edgewright.testing.SharedTestdata;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `--emit c` writes: GCC and clang build it without a warning, and it computes what the
/// reference does.
@Tag("slow")
class EmittedSourceTest {
  private static final List<String> WARNINGS = List.of("-Wall", "-Wextra", "-Werror");

  /// Best first; the first that runs here is taken.
  private static final List<String> TARGETS = List.of("x86-64-v3", "x86-64-v2", "aarch64");

  @TempDir Path folder;

  static List<SmallModels.Case> cases() {
    return SmallModels.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void smallModelsComputeTheSameWithBothCompilers(SmallModels.Case small) throws Exception {
    computesTheSame(small.model(), small.manifest());
  }

  @Test
  void aRealNetworkComputesTheSameWithBothCompilers() throws Exception {
    Path model = SharedTestdata.require("models/mlperf_kws_dscnn_fp32/model.onnx");
    computesTheSame(Files.readAllBytes(model), "");
  }

  /// Firmware loads no file, so its weights come as C too.
  @Test
  void firmwareGetsItsWeightsAsC() throws Exception {
    SmallModels.Case small = SmallModels.all().getFirst();
    Path file = Files.write(folder.resolve("small.onnx"), small.model());
    Path emitted =
        emit(
            List.of(
                "compile",
                file.toString(),
                "--emit",
                "c",
                "--target",
                "cortex-m4f",
                "-o",
                folder.toString()));
    Target target = TargetCatalog.standard().get("cortex-m4f", Location.option("--target"));
    try (Workspace workspace = Toolchain.standard().workspace(target)) {
      for (String name : List.of("model.c", "model.h", "weights.c", "weights.bin")) {
        workspace.write(name, Files.readAllBytes(emitted.resolve(name)));
      }
      workspace.compile("weights.c", "weights.o", WARNINGS);
      workspace.compile("model.c", "model.o", WARNINGS);
      assertThat(workspace.read("weights.o")).isNotEmpty();
    }
  }

  private void computesTheSame(byte[] model, String manifestText) throws Exception {
    Path gcc = InstalledTool.gcc();
    Target target = target();
    Path file = Files.write(folder.resolve("product.onnx"), model);
    List<String> arguments = new ArrayList<>(List.of("compile", file.toString(), "--emit", "c"));
    arguments.addAll(List.of("--target", target.id(), "-o", folder.toString()));
    Manifest manifest = Manifest.raw("product");
    if (!manifestText.isEmpty()) {
      manifest = ManifestReader.read(manifestText.getBytes(StandardCharsets.UTF_8));
      Path written = Files.writeString(folder.resolve("m.json"), manifestText);
      arguments.addAll(List.of("--manifest", written.toString()));
    }
    Path emitted = emit(arguments);
    NativeProgram program = Compiler.source(new CompileRequest(model, manifest, target));
    EndToEnd product =
        EndToEnd.wrap(GraphImporter.read(OnnxReader.read(model), manifest.dims()), manifest);
    GoldenVectors vectors = GoldenVectors.of(product);
    Golden golden = vectors.golden(program);

    List<String> flags = new ArrayList<>(target.compilerFlags());
    flags.addAll(program.compilerFlags());
    flags.addAll(WARNINGS);
    compileWithGcc(gcc, emitted, flags);
    compare(run(gcc, emitted, "gcc.o", golden), program, vectors.outputs(), golden);
    compileWithClang(emitted, target, flags);
    compare(run(gcc, emitted, "clang.o", golden), program, vectors.outputs(), golden);
  }

  private static Target target() {
    HostProcessor host = HostProcessor.read();
    return TARGETS.stream()
        .map(id -> TargetCatalog.standard().get(id, Location.option("--target")))
        .filter(host::runs)
        .findFirst()
        .orElseThrow();
  }

  private static Path emit(List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CommandLine command = new CommandLine(new PrintStream(out, true), new PrintStream(err, true));
    assertThat(command.run(arguments)).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return Path.of(out.toString(StandardCharsets.UTF_8).strip());
  }

  private static void compileWithGcc(Path gcc, Path emitted, List<String> flags) throws Exception {
    List<String> command = new ArrayList<>(List.of(gcc.toString()));
    command.addAll(List.of("-std=gnu17", "-O2", "-Wno-psabi"));
    command.addAll(flags);
    command.addAll(List.of("-c", "model.c", "-o", "gcc.o"));
    execute(emitted, command);
  }

  private static void compileWithClang(Path emitted, Target target, List<String> flags)
      throws IOException {
    try (Workspace workspace = Toolchain.standard().workspace(target)) {
      workspace.write("model.c", Files.readAllBytes(emitted.resolve("model.c")));
      workspace.write("model.h", Files.readAllBytes(emitted.resolve("model.h")));
      List<String> all = new ArrayList<>(flags);
      all.add("-fPIE");
      workspace.compile("model.c", "model.o", all);
      Files.write(emitted.resolve("clang.o"), workspace.read("model.o"));
    }
  }

  private static byte[] run(Path gcc, Path emitted, String object, Golden golden) throws Exception {
    try (InputStream driver = EmittedSourceTest.class.getResourceAsStream("emitted/driver.c")) {
      Files.write(emitted.resolve("driver.c"), driver.readAllBytes());
    }
    Path frame = Files.write(emitted.resolve("frame.bin"), golden.input());
    Path answer = emitted.resolve("answer.bin");
    execute(emitted, List.of(gcc.toString(), "-O1", "driver.c", object, "-o", "program"));
    Process process =
        new ProcessBuilder(emitted.resolve("program").toString())
            .directory(emitted.toFile())
            .redirectInput(frame.toFile())
            .redirectOutput(answer.toFile())
            .start();
    assertThat(process.waitFor()).as("status of the program").isZero();
    return Files.readAllBytes(answer);
  }

  private static void execute(Path where, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + said).isZero();
  }

  private static void compare(
      byte[] answer, NativeProgram program, List<Tensor> expected, Golden golden) {
    int next = 0;
    for (int i = 0; i < expected.size(); i++) {
      Port port = program.outputs().get(i);
      TensorType type = new TensorType(port.element(), port.shape());
      int end = next + Math.toIntExact(port.bytes());
      double[] got = new Tensor(type, Arrays.copyOfRange(answer, next, end)).toDoubles();
      double[] wanted = expected.get(i).toDoubles();
      for (int e = 0; e < wanted.length; e++) {
        double most =
            golden.absoluteTolerance().get(i) + golden.relativeTolerance() * Math.abs(wanted[e]);
        assertThat(Math.abs(got[e] - wanted[e]))
            .as("%s [%d]: %s, not %s", port.name(), e, got[e], wanted[e])
            .isLessThanOrEqualTo(most);
      }
      next = end;
    }
    assertThat(answer).hasSize(next);
  }

  @Test
  void leavesNoFileBehindAFailure() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.onnx"), "no model");
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CommandLine command = new CommandLine(new PrintStream(err, true), new PrintStream(err, true));
    Path place = Files.createDirectories(folder.resolve("o"));
    assertThat(
            command.run(
                List.of("compile", broken.toString(), "--emit", "c", "-o", place.toString())))
        .isEqualTo(2);
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files).isEmpty();
    }
  }
}
