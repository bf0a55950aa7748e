package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.testing.InstalledTool;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A C program, which is a C++ program too, that links `libmodel.so` of a real network and runs it
/// on ten threads at the same time.
class CallingProgramTest {
  private static final List<String> STRICT = List.of("-Wall", "-Wextra", "-Wpedantic", "-Werror");

  @TempDir static Path folder;
  private static UnpackedBundle bundle = new UnpackedBundle(Path.of(""));

  @BeforeAll
  static void compileTheNetwork() throws IOException {
    Path model = SharedTestdata.project().resolve("docs/examples/pictograms/model.onnx");
    CompileRequest request =
        new CompileRequest(
            Files.readAllBytes(model),
            Manifest.raw("pictograms"),
            TargetCatalog.standard().get("host", Location.option("--target")));
    bundle = UnpackedBundle.of(Compiler.compile(request, _ -> {}), folder);
    try (InputStream source = CallingProgramTest.class.getResourceAsStream("user.c")) {
      Files.write(folder.resolve("user.c"), Objects.requireNonNull(source).readAllBytes());
    }
  }

  @ParameterizedTest
  @CsvSource({"c, c99", "c, c17", "c++, c++17"})
  void getsTheSameBitsOnTenThreads(String language, String standard) throws Exception {
    Path tool = language.equals("c") ? InstalledTool.gcc() : InstalledTool.gccForCpp();
    List<String> command =
        List.of(
            tool.toString(),
            "-x",
            language,
            "-std=" + standard,
            "-pthread",
            "user.c",
            "-x",
            "none",
            "libmodel.so",
            "-Wl,-rpath,$ORIGIN",
            "-o",
            "user-" + standard);
    assertThat(run(concatenated(command, STRICT))).isZero();

    Path frame = folder.resolve("golden/input.bin");
    Path results = folder.resolve("results-" + standard);
    Process user =
        new ProcessBuilder(folder.resolve("user-" + standard).toString())
            .directory(folder.toFile())
            .redirectInput(frame.toFile())
            .redirectOutput(results.toFile())
            .start();
    assertThat(user.waitFor()).isZero();
    assertThat(Files.readAllBytes(results))
        .isNotEmpty()
        .isEqualTo(bundle.frames(Files.readAllBytes(frame), List.of("--threads", "2")));
  }

  private static List<String> concatenated(List<String> first, List<String> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
  }
}
