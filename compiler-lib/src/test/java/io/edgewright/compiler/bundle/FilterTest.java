package io.edgewright.compiler.bundle;

import static io.edgewright.compiler.bundle.TestBundle.floats;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.bundle.TestBundle.Answer;
import io.edgewright.testing.InstalledTool;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a network may not do, even if its code were the attacker's.
class FilterTest {
  private static final int KILLED_BY_SIGSYS = 128 + 31;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "SYSTEM_OPENAT, -100, (long)\"/etc/passwd\"",
    "SYSTEM_READ, 3, 0",
    "SYSTEM_WRITE, 3, 0",
    "SYSTEM_MMAP, 0, 4096",
    "SYSTEM_CLONE, 0, 0",
    "SYSTEM_PRCTL, 22, 0",
    "SYSTEM_SOCKET, 2, 1",
    "SYSTEM_X32_WRITE, 1, 0"
  })
  void killsAnySystemCallThatRunningANetworkDoesNotNeed(String number, String a, String b) {
    TestBundle bundle = bundle(call(number, a, b));
    Answer answer = bundle.run(floats(1));
    assertThat(answer.status()).isEqualTo(KILLED_BY_SIGSYS);
    assertThat(answer.bytes()).isEmpty();
  }

  @Test
  void bindsTheOtherThreadsToo() {
    TestBundle bundle =
        bundle("int here; if (parallel) parallel->run(parallel, forbidden, &here, 1000);");
    assertThat(bundle.run(floats(1), "--threads", "4").status()).isEqualTo(KILLED_BY_SIGSYS);
    assertThat(bundle.run(floats(1), "--threads", "1").status()).isZero();
  }

  @Test
  void letsWriteToStandardError() {
    TestBundle bundle = bundle(call("SYSTEM_WRITE", "2", "(long)\"hello\", 5"));
    Answer answer = bundle.run(floats(1));
    assertThat(answer.status()).isZero();
    assertThat(answer.complaint()).isEqualTo("hello");
  }

  @Test
  void saysSoWhereTheKernelHasNoFiltersAndGoesOn() {
    Path qemu = InstalledTool.qemuAarch64();
    TestBundle bundle =
        TestBundle.unpack(
                TestBundle.entries(
                    TinyPrograms.line(1),
                    TestBundle.target("raspberry-pi-4"),
                    TestBundle.noGolden()),
                folder)
            .under(qemu.toString());
    Answer answer = bundle.run(floats(1));
    assertThat(answer.floats()).containsExactly(3);
    assertThat(answer.complaint()).contains("no seccomp filters; running without");
  }

  private TestBundle bundle(String body) {
    return TestBundle.unpack(
        TinyPrograms.lineThat(
            """
            #include "runner/system.h"
            #define SYSTEM_SOCKET 41
            #define SYSTEM_X32_WRITE 0x40000001
            /* On any thread but the one whose stack the argument points to. */
            static void forbidden(void *main_stack, int64_t index) {
              for (int i = 0; i < 10000; i++) short_pause();
              long distance = (long)&index - (long)main_stack;
              if (distance > 100000 || distance < -100000) {
                system_call(SYSTEM_OPENAT, -100, (long)"/", 0, 0, 0, 0);
              }
            }
            """,
            body),
        folder);
  }

  private static String call(String number, String a, String b) {
    String arguments = String.join(", ", number, a, b);
    int missing = 7 - arguments.split(",").length;
    return "system_call(" + arguments + ", 0".repeat(missing) + ");";
  }
}
