package io.edgewright.compiler.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.compiler.toolchain.Workspace;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class ElfImageTest {
  static List<Target> devices() {
    return TargetCatalog.standard().devices().stream()
        .filter(device -> device.microcontroller().isEmpty())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void findsNothingMissingInWhatIsBuiltForEveryDevice(Target target) {
    NativeLibrary library =
        NativeLibrary.build(
            TinyPrograms.line(64), target, TestBundle.noGolden(1), Toolchain.standard());
    assertThat(ElfImage.read(library.library()).isFreestanding()).isTrue();
    assertThat(ElfImage.read(library.runner()).isFreestanding()).isTrue();
  }

  @Test
  void namesTheSymbolThatNobodyDefines() {
    NativeProgram program = TinyPrograms.lineThat("float expf(float);", "line z = {0};");
    NativeProgram calling =
        TinyPrograms.withSource(
            program, program.cSource().replace("l->weights[1];", "expf(l->weights[1]);"));
    assertThatExceptionOfType(CompileException.class)
        .isThrownBy(() ->
            NativeLibrary.build(
                calling,
                TestBundle.target("raspberry-pi-3"),
                TestBundle.noGolden(1),
                Toolchain.standard()))
        .satisfies(failure -> {
          assertThat(failure.problems().getFirst().code()).isEqualTo(ErrorCode.NOT_FREESTANDING);
          assertThat(failure).hasMessageContaining("symbols [expf]");
        });
  }

  @Test
  void seesNeededLibrariesInFilesOfBothSizes() {
    for (String triple : List.of("x86_64-linux-gnu", "arm-linux-gnueabihf")) {
      ElfImage image = ElfImage.read(libraryThatNeedsAnother(triple));
      assertThat(image.neededLibraries()).containsExactly("libother.so");
      assertThat(image.undefinedSymbols()).containsExactly("other");
      assertThat(image.isFreestanding()).isFalse();
    }
  }

  @Test
  void letsNoWrongSymbolOutOfTheLibrary() {
    byte[] library =
        NativeLibrary.build(
                TinyPrograms.line(64),
                TestBundle.target("host"),
                TestBundle.noGolden(1),
                Toolchain.standard())
            .library();
    String names = new String(library, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(names).contains("ew_run", "ew_describe", "ew_pool_make").doesNotContain("memcpy");
  }

  @Test
  void refusesWhatIsNoElfFile() {
    assertThatIllegalArgumentException().isThrownBy(() -> ElfImage.read(new byte[100]));
    assertThatIllegalArgumentException().isThrownBy(() -> ElfImage.read(new byte[3]));
  }

  private static byte[] libraryThatNeedsAnother(String triple) {
    try (Workspace workspace = Toolchain.standard().workspace(TestBundle.target("x86-64-v3"))) {
      workspace.write("other.c", "int other(void) { return 1; }".getBytes(UTF_8));
      workspace.write(
          "user.c", "int other(void); int use(void) { return other(); }".getBytes(UTF_8));
      List<String> flags = List.of("--target=" + triple, "-fPIC", "-fvisibility=default");
      workspace.compileForAnyProcessor("other.c", "other.o", flags);
      workspace.compileForAnyProcessor("user.c", "user.o", flags);
      workspace.link("libother.so", List.of("-shared", "-soname", "libother.so", "other.o"));
      workspace.link("libuser.so", List.of("-shared", "user.o", "libother.so"));
      return workspace.read("libuser.so");
    }
  }
}
