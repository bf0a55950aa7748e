package io.edgewright.device.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorFeaturesTest {
  private static final ProcessorFeatures PI_3 =
      ProcessorFeatures.read(
          """
          processor\t: 0
          BogoMIPS\t: 38.40
          Features\t: fp asimd evtstrm crc32 cpuid
          CPU architecture: 8

          processor\t: 1
          Features\t: fp asimd evtstrm crc32 cpuid
          Model\t\t: Raspberry Pi 3 Model B Rev 1.2
          """);

  @Test
  void acceptsWhatIsThere() {
    PI_3.check(List.of("fp", "asimd"), "bundle");
  }

  @Test
  void refusesByTheNameOfWhatIsMissing() {
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> PI_3.check(List.of("asimd", "asimddp", "fphp"), "bundle"))
        .satisfies(
            exception -> assertThat(exception.code()).isEqualTo(DeviceErrorCode.FEATURE_MISSING))
        .withMessageContaining("needs asimddp, fphp,");
  }

  @Test
  void knowsThatA64BitArmRunsProgramsOf32Bits() {
    PI_3.check(List.of("half", "neon", "vfpv4"), "bundle");
  }

  @Test
  void readsTheLettersOfRiscV() {
    ProcessorFeatures board = ProcessorFeatures.read("hart : 0\nisa\t\t: rv64imafdcv_zba\n");

    board.check(List.of("i", "m", "v", "zba"), "bundle");
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> board.check(List.of("v", "h"), "bundle"))
        .withMessageContaining("needs h,");
  }

  @Test
  void countsOnlyWhatEveryCoreHas() {
    ProcessorFeatures mixed =
        ProcessorFeatures.read("flags : sse2 avx2 avx512f\nflags : sse2 avx2\n");

    assertThat(mixed.names()).containsExactlyInAnyOrder("sse2", "avx2");
  }
}
