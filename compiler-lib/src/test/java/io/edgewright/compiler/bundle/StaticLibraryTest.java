package io.edgewright.compiler.bundle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.compiler.toolchain.Workspace;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StaticLibraryTest {
  private static final Target M4 = TestBundle.target("cortex-m4f");

  static List<Target> microcontrollers() {
    return TargetCatalog.standard().devices().stream()
        .filter(device -> device.microcontroller().isPresent())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("microcontrollers")
  void showsNothingButItsInterface(Target target) {
    NativeProgram program = TinyPrograms.lineThat("", "__builtin_memset(arena, 0, 100);");
    byte[] archive = StaticLibrary.build(program, target, Toolchain.standard()).archive();
    assertThat(index(archive)).containsExactly("ew_describe", "ew_run", "ew_weights");
  }

  @Test
  void hasDoublePrecisionOfItsOwnWhereTheCoreHasNone() {
    NativeProgram program =
        TinyPrograms.lineThat(
            "static double half(double x) { return __builtin_elementwise_sqrt(x) / 3; }",
            "*(double *)arena = half(*(const double *)in->data);");
    assertThat(StaticLibrary.build(program, M4, Toolchain.standard()).takes().codeBytes())
        .isGreaterThan(
            StaticLibrary.build(program, TestBundle.target("cortex-m7"), Toolchain.standard())
                .takes()
                .codeBytes());
  }

  @Test
  void givesTheSameBytesAgain() {
    StaticLibrary first = StaticLibrary.build(TinyPrograms.line(4), M4, Toolchain.standard());
    StaticLibrary again = StaticLibrary.build(TinyPrograms.line(4), M4, Toolchain.standard());
    assertThat(first.archive()).isEqualTo(again.archive());
    assertThat(first.takes()).isEqualTo(again.takes());
  }

  @Test
  void refusesWhatNeedsALibraryOrVariables() {
    refused("float expf(float);", "*(float *)arena = expf(1);", "symbols [expf]");
    refused("static int calls;", "out->shape[1] = calls++;", "4 bytes of variables");
  }

  private static void refused(String declarations, String body, String why) {
    NativeProgram program = TinyPrograms.lineThat(declarations, body);
    assertThatExceptionOfType(CompileException.class)
        .isThrownBy(() -> StaticLibrary.build(program, M4, Toolchain.standard()))
        .withMessageContaining("EW-9104 libmodel.a for `cortex-m4f`")
        .withMessageContaining(why);
  }

  @Test
  void addsUpTheFramesOfTheDeepestPath() {
    StackDepth depth =
        depth(
            """
            __attribute__((noinline)) static void leaf(volatile char *out) {
              volatile char frame[1000];
              frame[out[0]] = 1;
            }
            __attribute__((noinline)) static void hand(void (*task)(volatile char *)) {
              volatile char frame[200];
              frame[0] = 1;
              task(frame);
              frame[1] = 1;
            }
            static void (*const tasks[])(volatile char *) = {leaf};
            void direct(volatile char *out) { leaf(out); out[1] = 1; }
            void handed(volatile char *out) { hand(leaf); out[1] = 1; }
            void listed(volatile char *out) { hand(tasks[out[0]]); out[1] = 1; }
            """);
    assertThat(depth.of("leaf")).isBetween(1000L, 1020L);
    assertThat(depth.of("direct")).isBetween(1008L, 1040L);
    assertThat(depth.of("handed")).isBetween(1208L, 1260L);
    assertThat(depth.of("listed")).isBetween(1208L, 1260L);
  }

  @Test
  void refusesToBoundWhatCallsItself() {
    StackDepth depth =
        depth(
            "int loop(int n) { volatile int x = n; return n < 2 ? x : loop(n - 1) * x + loop(n - 2); }");
    assertThatIllegalArgumentException().isThrownBy(() -> depth.of("loop"));
    assertThatIllegalArgumentException().isThrownBy(() -> depth.of("nothing"));
  }

  private static StackDepth depth(String source) {
    try (Workspace workspace = Toolchain.standard().workspace(M4)) {
      workspace.write("calls.c", source.getBytes(US_ASCII));
      workspace.compile(
          "calls.c", "calls.o", List.of("-ffunction-sections", "-fstack-size-section"));
      return new StackDepth(new ElfFile(workspace.read("calls.o")));
    }
  }

  /// The names in the archive's index, each of which must point to the one member.
  private static List<String> index(byte[] archive) {
    ByteBuffer file = ByteBuffer.wrap(archive);
    assertThat(new String(archive, 0, 24, US_ASCII)).isEqualTo("!<arch>\n/               ");
    file.position(68);
    int count = file.getInt();
    for (int i = 0; i < count; i++) {
      int member = file.getInt();
      assertThat(new String(archive, member, 9, US_ASCII)).isEqualTo("model.o/ ");
      assertThat(file.getInt(member + 60)).isEqualTo(0x7F454C46);
    }
    int names = file.position();
    int end = 68 + Integer.parseInt(new String(archive, 56, 10, US_ASCII).strip());
    return List.of(new String(archive, names, end - names, US_ASCII).strip().split("\0+"));
  }
}
