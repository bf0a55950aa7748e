package io.edgewright.compiler.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.compiler.toolchain.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The C sources are clean under the strictest of their readers' compilers.
class HeaderTest {
  private static final List<String> STRICT = List.of("-Wall", "-Wextra", "-Wpedantic", "-Werror");

  @ParameterizedTest
  @CsvSource({"c, c99", "c, c23", "c++, c++17"})
  void theHeaderIsBothCAndCpp(String language, String standard) {
    try (Workspace workspace = Toolchain.standard().workspace(TestBundle.target("x86-64-v3"))) {
      workspace.write("model.h", BundleResources.read(BundleResources.HEADER));
      workspace.write(
          "user.c",
          """
          #include "model.h"
          int use(const void *weights, void *arena);
          int use(const void *weights, void *arena) {
            ew_tensor in = {0, {4}}, out = {0, {0}};
            return ew_run(weights, arena, &in, &out, 0) + (int)ew_describe()->abi;
          }
          """
              .getBytes(UTF_8));
      List<String> flags = new java.util.ArrayList<>(STRICT);
      flags.addAll(
          List.of("-x", language, "-std=" + standard, "-Wno-unused-command-line-argument"));
      workspace.compile("user.c", "user.o", flags);
    }
  }

  @Test
  void theRunnerHasNoWarnings() {
    for (String id :
        List.of(
            "x86-64-v3", "raspberry-pi-3", "raspberry-pi-zero", "raspberry-pi-2", "riscv64-gcv")) {
      try (Workspace workspace = Toolchain.standard().workspace(TestBundle.target(id))) {
        NativeLibrary.writeSources(
            workspace,
            TinyPrograms.brightChannels(),
            TestBundle.target(id),
            TestBundle.noGolden(1));
        List<String> flags = List.of("-Wall", "-Wextra", "-Werror", "-I.");
        workspace.compile("runner/runner.c", "runner.o", flags);
        workspace.compile("runner/support.c", "support.o", flags);
      }
    }
  }
}
