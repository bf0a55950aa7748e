package io.edgewright.compiler.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.toolchain.Toolchain;
import java.util.List;
import org.junit.jupiter.api.Test;

class FootprintTest {
  private static final Target M4 = TestBundle.target("cortex-m4f");
  private static final long FLASH = 1 << 20;
  private static final long RAM = 128 << 10;

  @Test
  void holdsWhatFillsTheDevice() {
    assertThat(new Footprint(1000, 24, FLASH - 1024, RAM - 8, 8).problems(M4)).isEmpty();
  }

  @Test
  void saysOfBothMemoriesByHowMuchTheyArePassed() {
    List<Problem> problems = new Footprint(1000, 24, FLASH - 1023, RAM, 8).problems(M4);
    assertThat(problems).extracting(Problem::code).containsOnly(ErrorCode.DEVICE_TOO_SMALL);
    assertThat(problems)
        .extracting(problem -> problem.where().text() + ": " + problem.seen())
        .containsExactly(
            "flash of `cortex-m4f`: the model needs 1048577 bytes, 1 more than there are: code"
                + " 1000, constants 24, weights 1047553",
            "RAM of `cortex-m4f`: the model needs 131080 bytes, 8 more than there are: arena"
                + " 131072, stack 8");
    assertThat(problems.getFirst().allowed()).isEqualTo("at most 1048576 bytes");
  }

  @Test
  void leavesMemoryToTheOperatingSystemWhereThereIsOne() {
    Footprint huge = new Footprint(0, 0, 1L << 40, 1L << 40, 0);
    assertThat(huge.problems(TestBundle.target("raspberry-pi-3"))).isEmpty();
  }

  @Test
  void countsWhatIsKnownBeforeTheCompilation() {
    Footprint least = Footprint.atLeast(FLASH, RAM);
    assertThat(least.problems(M4)).isEmpty();
    assertThat(Footprint.atLeast(FLASH + 1, RAM + 1).problems(M4)).hasSize(2);
  }

  @Test
  void refusesALibraryThatIsLargerThanItsDevice() {
    NativeProgram large =
        TinyPrograms.lineThat(
            "static const char table[%d] = {1};".formatted(FLASH), "in += table[in->shape[0]];");
    assertThatExceptionOfType(CompileException.class)
        .isThrownBy(() -> StaticLibrary.build(large, M4, Toolchain.standard()))
        .withMessageContaining("EW-3010 flash of `cortex-m4f`")
        .withMessageContaining("constants 1048");
  }
}
