package io.edgewright.compiler.toolchain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ToolchainTest {
  private static final byte[] SOURCE =
      """
      #include <stddef.h>
      #include <stdint.h>
      typedef float lanes __attribute__((vector_size(64)));
      __attribute__((visibility("default")))
      void fma_lanes(const lanes *a, const lanes *b, lanes *c, size_t n) {
        lanes sum = *c;
        for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
        *c = sum;
      }
      """
          .getBytes(UTF_8);

  static List<Target> devices() {
    return TargetCatalog.standard().devices();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void buildsALibraryForEveryDevice(Target target) {
    assertThat(library(target)).startsWith(0x7F, 'E', 'L', 'F');
  }

  @ParameterizedTest
  @MethodSource("devices")
  void usesWholeVectorsAndFusedMultiplications(Target target) {
    String assembly = assembly(target);
    assertThat(assembly.contains("fmla") || assembly.contains("vfma"))
        .isEqualTo(target.fusedMultiplyAdd());
    assertThat(assembly.contains("%zmm")).isEqualTo(target.vectorBits() == 512);
  }

  @Test
  void takesTheFolderThatItIsGiven() {
    assertThat(Toolchain.folder(Map.of("EDGEWRIGHT_TOOLCHAIN", "/t"))).isEqualTo(Path.of("/t"));
  }

  @Test
  void givesTheSameBytesInEveryFolder() {
    Target target = devices().getFirst();
    assertThat(library(target)).isEqualTo(library(target));
  }

  @Test
  void reportsWhatClangComplainsOf() {
    assertThatExceptionOfType(CompileException.class)
        .isThrownBy(() -> compile("int f(void) { return unknown_name; }"))
        .satisfies(failure -> {
          assertThat(failure.problems().getFirst().code()).isEqualTo(ErrorCode.TOOLCHAIN_FAILED);
          assertThat(failure)
              .hasMessageContaining("wrong.c:1:")
              .hasMessageContaining("unknown_name");
        });
  }

  @Test
  void refusesACallOfAFunctionThatNobodyDeclared() {
    assertThatExceptionOfType(CompileException.class)
        .isThrownBy(() -> compile("void f(void) { strlen(0); }"))
        .withMessageContaining("strlen");
  }

  @Test
  void stopsAToolThatTakesTooLong() {
    Toolchain hasty = new Toolchain(Toolchain.standard().folder(), Duration.ZERO);
    try (Workspace workspace = hasty.workspace(devices().getFirst())) {
      workspace.write("model.c", SOURCE);
      assertThatExceptionOfType(CompileException.class)
          .isThrownBy(() -> workspace.compile("model.c", "model.o", List.of()))
          .satisfies(failure ->
              assertThat(failure.problems().getFirst().code())
                  .isEqualTo(ErrorCode.TOOLCHAIN_TIMEOUT));
    }
  }

  @Test
  void isIdentifiedByWhatIsInIt() {
    assertThat(Toolchain.standard().identity()).matches("[0-9a-f]{64}");
  }

  private static void compile(String source) {
    Target target = TargetCatalog.standard().get("x86-64-v3", new Location("test"));
    try (Workspace workspace = Toolchain.standard().workspace(target)) {
      workspace.write("wrong.c", source.getBytes(UTF_8));
      workspace.compile("wrong.c", "wrong.o", List.of());
    }
  }

  private static byte[] library(Target target) {
    try (Workspace workspace = Toolchain.standard().workspace(target)) {
      workspace.write("model.c", SOURCE);
      workspace.compile("model.c", "model.o", List.of("-fPIC"));
      workspace.link("libmodel.so", List.of("-shared", "model.o"));
      return workspace.read("libmodel.so");
    }
  }

  private static String assembly(Target target) {
    try (Workspace workspace = Toolchain.standard().workspace(target)) {
      workspace.write("model.c", SOURCE);
      workspace.compile("model.c", "model.s", List.of("-S"));
      return new String(workspace.read("model.s"), UTF_8);
    }
  }
}
