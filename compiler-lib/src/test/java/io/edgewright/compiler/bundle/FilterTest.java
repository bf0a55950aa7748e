package io.edgewright.compiler.bundle;

import static io.edgewright.compiler.bundle.TestBundle.floats;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.bundle.TestBundle.Answer;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.testing.InstalledTool;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a network may not do, even if its code were the attacker's.
@Tag("slow")
class FilterTest {
  private static final int KILLED_BY_SIGSYS = 128 + 31;

  @TempDir static Path folder;
  private static TestBundle attacker = new TestBundle(Path.of("none"), List.of());

  /// A network that makes the system call that its input names.
  @BeforeAll
  static void build() {
    attacker =
        TestBundle.unpack(
            TinyPrograms.lineThat(
                """
                #include "runner/system.h"
                #define CALL(number, a, b, c) system_call(number, (long)(a), (long)(b), c, 0, 0, 0)
                /* On any thread but the one whose stack the argument points to. */
                static void on_another_thread(void *main_stack, int64_t index) {
                  for (int i = 0; i < 10000; i++) short_pause();
                  long distance = (long)&index - (long)main_stack;
                  if (distance > 100000 || distance < -100000) CALL(SYSTEM_OPENAT, -100, "/", 0);
                }
                """,
                """
                int here;
                  switch ((int)*(const float *)in->data) {
                    case 0: CALL(SYSTEM_WRITE, 2, "hello", 5); break;
                    case 1: CALL(SYSTEM_OPENAT, -100, "/etc/passwd", 0); break;
                    case 2: CALL(SYSTEM_READ, 3, &here, 1); break;
                    case 3: CALL(SYSTEM_WRITE, 3, &here, 1); break;
                    case 4: CALL(SYSTEM_MMAP, 0, 4096, 0); break;
                    case 5: CALL(SYSTEM_CLONE, 0, 0, 0); break;
                    case 6: CALL(SYSTEM_PRCTL, 22, 0, 0); break;
                    case 7: CALL(41 /* socket */, 2, 1, 0); break;
                    case 8: CALL(0x40000000 | SYSTEM_WRITE, 1, &here, 1); break; /* as x32 code */
                    default: if (parallel) parallel->run(parallel, on_another_thread, &here, 1000);
                  }
                """),
            folder);
  }

  @Test
  void letsWriteToStandardError() {
    Answer answer = attacker.run(floats(0));
    assertThat(answer.status()).isZero();
    assertThat(answer.complaint()).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void killsAnySystemCallThatRunningANetworkDoesNotNeed(int call) {
    Answer answer = attacker.run(floats(call));
    assertThat(answer.status()).isEqualTo(KILLED_BY_SIGSYS);
    assertThat(answer.bytes()).isEmpty();
  }

  @Test
  void bindsTheOtherThreadsToo() {
    assertThat(attacker.run(floats(9), "--threads", "4").status()).isEqualTo(KILLED_BY_SIGSYS);
    assertThat(attacker.run(floats(9), "--threads", "1").status()).isZero();
  }

  static List<Target> devices() {
    return TargetCatalog.standard().devices().stream()
        .filter(device -> device.triple().contains("linux"))
        .toList();
  }

  /// The kernel's name of an architecture is the number of its ELF files, with a bit for "64 bits"
  /// and one for "little-endian" (`linux/audit.h`). It is what the filter compares first.
  @ParameterizedTest
  @MethodSource("devices")
  void knowsTheArchitectureThatTheProgramIsBuiltFor(Target device) {
    byte[] program =
        NativeLibrary.build(
                TinyPrograms.line(1), device, TestBundle.noGolden(1), Toolchain.standard())
            .runner();
    ByteBuffer elf = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    int architecture = elf.getShort(18) | (elf.get(4) == 2 ? 0x8000_0000 : 0) | 0x4000_0000;
    ByteBuffer comparison = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    comparison.putShort((short) 0x15).put((byte) 1).put((byte) 0).putInt(architecture);
    assertThat(new String(program, ISO_8859_1))
        .contains(new String(comparison.array(), ISO_8859_1));
  }

  @Test
  void saysSoWhereTheKernelHasNoFiltersAndGoesOn() {
    Path qemu = InstalledTool.qemuUser("aarch64");
    TestBundle bundle =
        TestBundle.unpack(
                TestBundle.entries(
                    TinyPrograms.line(1),
                    TestBundle.target("raspberry-pi-4"),
                    TestBundle.noGolden(1)),
                folder.resolve("emulated"))
            .under(qemu.toString());
    Answer answer = bundle.run(floats(1));
    assertThat(answer.floats()).containsExactly(3);
    assertThat(answer.complaint()).contains("no seccomp filters; running without");
  }
}
