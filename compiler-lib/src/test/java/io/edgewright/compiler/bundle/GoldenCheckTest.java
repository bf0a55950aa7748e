package io.edgewright.compiler.bundle;

import static io.edgewright.compiler.bundle.TestBundle.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.edgewright.compiler.bundle.GoldenCheck.Verdict;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.target.HostProcessor;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.testing.InstalledTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class GoldenCheckTest {
  private static final NativeProgram LINE = TinyPrograms.line(2);
  private static final Target HOST = TestBundle.target("host");

  @Test
  void passesWithinTheTolerance() {
    assertThat(check(golden(floats(3.001f, 5), 0.01, 0)))
        .isInstanceOfSatisfying(
            Verdict.Passed.class,
            passed -> {
              assertThat(passed.maximumError()).isBetween(0.0009, 0.0011);
              assertThat(passed.emulated()).isFalse();
            });
    assertThat(check(golden(floats(3, 5.5f), 0, 0.1))).isInstanceOf(Verdict.Passed.class);
  }

  @Test
  void failsOutsideTheToleranceAndNamesTheElement() {
    Verdict verdict = check(golden(floats(3, 5.5f), 0.1, 0.01));
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Failed.class,
            failed -> {
              assertThat(failed.answer())
                  .startsWith("status 1: {\"ok\":false,\"maximumError\":0.5,")
                  .endsWith("\"output\":\"y\",\"index\":1,\"got\":5,\"expected\":5.5}");
              assertThat(failed.refusal(HOST).problems().getFirst().code())
                  .isEqualTo(ErrorCode.GOLDEN_MISMATCH);
            });
  }

  @Test
  void takesNoNumberForNoMatch() {
    assertThat(check(golden(floats(3, Float.NaN), 100, 1))).isInstanceOf(Verdict.Failed.class);
    assertThat(check(golden(floats(3, Float.POSITIVE_INFINITY), 100, 0)))
        .isInstanceOf(Verdict.Failed.class);
  }

  @Test
  void failsWhenTheExpectationIsOfAnotherProgram() {
    assertThat(check(golden(floats(3), 1, 1)).toString()).contains("does not belong");
    assertThat(check(golden(floats(3, 5, 7), 1, 1)).toString()).contains("does not belong");
  }

  @Test
  void comparesTheNumberOfRows() {
    NativeProgram bright = TinyPrograms.brightChannels();
    Tensor red = Tensor.ofDoubles(ElementType.UINT8, Shape.of(1, 1, 3), 255, 0, 0);
    Tensor oneRow = Tensor.ofFloats(Shape.of(1, 6), 0, 0, 1, 1, 1, 0);
    Tensor twoRows = Tensor.ofFloats(Shape.of(2, 6), 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1);
    assertThat(check(bright, golden(bright, red, oneRow))).isInstanceOf(Verdict.Passed.class);
    assertThat(check(bright, golden(bright, red, twoRows)).toString())
        .contains("\"index\":null,\"got\":6,\"expected\":12");
  }

  @Test
  void refusesAGoldenFrameThatDoesNotFitTheProgram() {
    Tensor three = Tensor.ofFloats(Shape.of(3), 1, 2, 3);
    assertThatIllegalArgumentException().isThrownBy(() -> golden(LINE, three, three));
  }

  @Test
  void saysHowAProgramDied() {
    NativeProgram dying = TinyPrograms.lineThat("", "__builtin_trap();");
    Golden golden = new Golden(floats(1), floats(3), List.of(0.0), 0);
    assertThat(check(dying, golden)).isEqualTo(new Verdict.Failed("status 132"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"raspberry-pi-5", "raspberry-pi-2", "raspberry-pi-zero", "riscv64-gcv"})
  void runsUnderAnEmulatorWhereThereIsOne(String id) {
    Target device = TestBundle.target(id);
    InstalledTool.qemuUser(device.architecture());
    Golden golden = golden(floats(3, 5), 1e-6, 0);
    assertThat(GoldenCheck.here().run(TestBundle.entries(LINE, device, golden), device))
        .isInstanceOfSatisfying(
            Verdict.Passed.class, passed -> assertThat(passed.emulated()).isTrue());
  }

  @Test
  void emulatesTheVeryCore(@TempDir Path folder) throws IOException {
    Path emulator = Files.writeString(folder.resolve("qemu-arm"), "#!/bin/sh\necho $1 $2; exit 1");
    assertThat(emulator.toFile().setExecutable(true)).isTrue();
    GoldenCheck check = new GoldenCheck(new HostProcessor("x86_64", Set.of()), List.of(folder));
    assertThat(check.run(List.of(), TestBundle.target("raspberry-pi-zero")))
        .isEqualTo(new Verdict.Failed("status 1: -cpu arm1176"));
  }

  @Test
  void doesNotBlameTheProgramForItsEmulator(@TempDir Path folder) throws IOException {
    String fault = "qemu-riscv64: translate.c:213: decode: Assertion `start' failed.";
    Path emulator =
        Files.writeString(
            folder.resolve("qemu-riscv64"),
            "#!/bin/sh\necho \"" + fault.replace("`", "\\`") + "\" >&2; exit 139");
    assertThat(emulator.toFile().setExecutable(true)).isTrue();
    GoldenCheck check = new GoldenCheck(new HostProcessor("x86_64", Set.of()), List.of(folder));
    assertThat(check.run(List.of(), TestBundle.target("riscv64-gcv")))
        .isEqualTo(new Verdict.NotVerified("the emulator failed: " + fault));
  }

  @Test
  void saysWhenNothingHereCanRunIt() {
    GoldenCheck elsewhere = new GoldenCheck(new HostProcessor("x86_64", Set.of()), List.of());
    for (String id : List.of("raspberry-pi-3", "x86-64-v3")) {
      Target target = TestBundle.target(id);
      assertThat(elsewhere.run(List.of(), target))
          .isInstanceOfSatisfying(
              Verdict.NotVerified.class, verdict -> assertThat(verdict.reason()).contains(id));
    }
  }

  @Test
  void saysWhenTheProgramCannotBeStarted(@TempDir Path folder) throws IOException {
    Path broken = Files.writeString(folder.resolve("qemu-aarch64"), "#!/no/such/interpreter");
    assertThat(broken.toFile().setExecutable(true)).isTrue();
    GoldenCheck elsewhere = new GoldenCheck(new HostProcessor("x86_64", Set.of()), List.of(folder));
    assertThat(elsewhere.run(List.of(), TestBundle.target("raspberry-pi-3")))
        .isInstanceOfSatisfying(
            Verdict.NotVerified.class,
            verdict -> assertThat(verdict.reason()).contains("cannot be started"));
  }

  @Test
  void runsTheLibraryOfAMicrocontrollerOnAnEmulatedBoard() {
    InstalledTool.qemuSystemArm();
    for (String id : List.of("cortex-m4f", "cortex-m7", "cortex-m55")) {
      assertThat(onBoard(LINE, id, golden(floats(3.001f, 5), 0.01, 0)))
          .isInstanceOfSatisfying(
              Verdict.Passed.class,
              passed -> {
                assertThat(passed.maximumError()).isBetween(0.0009, 0.0011);
                assertThat(passed.emulated()).isTrue();
              });
    }
  }

  @Test
  void comparesAsTheRunnerDoesOnAnEmulatedBoard() {
    InstalledTool.qemuSystemArm();
    assertThat(onBoard(LINE, "cortex-m4f", golden(floats(3, 5.5f), 0.1, 0.01)))
        .isEqualTo(new Verdict.Failed("`y`[1] is 5.0, expected 5.5"));
    assertThat(onBoard(LINE, "cortex-m4f", golden(floats(3, Float.NaN), 100, 1)))
        .isInstanceOf(Verdict.Failed.class);
    NativeProgram bright = TinyPrograms.brightChannels();
    Tensor red = Tensor.ofDoubles(ElementType.UINT8, Shape.of(1, 1, 3), 255, 0, 0);
    Tensor oneRow = Tensor.ofFloats(Shape.of(1, 6), 0, 0, 1, 1, 1, 0);
    Tensor twoRows = Tensor.ofFloats(Shape.of(2, 6), 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1);
    assertThat(onBoard(bright, "cortex-m4f", golden(bright, red, oneRow)))
        .isInstanceOf(Verdict.Passed.class);
    assertThat(onBoard(bright, "cortex-m4f", golden(bright, red, twoRows)).toString())
        .contains("`found` has the shape [1, 6], expected [2, 6]");
  }

  @Test
  void saysHowAProgramDiedOnAnEmulatedBoard() {
    InstalledTool.qemuSystemArm();
    NativeProgram dying = TinyPrograms.lineThat("", "__builtin_trap();");
    Golden golden = new Golden(floats(1), floats(3), List.of(0.0), 0);
    assertThat(onBoard(dying, "cortex-m4f", golden)).isEqualTo(new Verdict.Failed("status 3"));
    NativeProgram refusing = TinyPrograms.lineThat("", "return EW_ERROR_SHAPE;");
    assertThat(onBoard(refusing, "cortex-m4f", golden)).isEqualTo(new Verdict.Failed("status 18"));
  }

  @Test
  void saysWhyALibraryIsNotRun(@TempDir Path folder) throws IOException {
    Target m4 = TestBundle.target("cortex-m4f");
    Golden golden = golden(floats(3, 5), 0, 0);
    MachineCode code = MachineCode.build(LINE, m4, golden, Toolchain.standard());
    GoldenCheck without = new GoldenCheck(new HostProcessor("x86_64", Set.of()), List.of());
    assertThat(without.run(code, LINE, golden, m4))
        .isEqualTo(new Verdict.NotVerified("this machine has no qemu-system-arm"));
    Path broken =
        Files.writeString(
            folder.resolve("qemu-system-arm"), "#!/bin/sh\necho no such board >&2\nexit 1\n");
    assertThat(broken.toFile().setExecutable(true)).isTrue();
    GoldenCheck old = new GoldenCheck(new HostProcessor("x86_64", Set.of()), List.of(folder));
    assertThat(old.run(code, LINE, golden, m4))
        .isEqualTo(
            new Verdict.NotVerified("the emulator does not run it: status 1: no such board"));
  }

  private static Verdict onBoard(NativeProgram program, String id, Golden golden) {
    Target target = TestBundle.target(id);
    MachineCode code = MachineCode.build(program, target, golden, Toolchain.standard());
    return GoldenCheck.here().run(code, program, golden, target);
  }

  private static Golden golden(byte[] output, double absolute, double relative) {
    return new Golden(floats(1, 2), output, List.of(absolute), relative);
  }

  private static Golden golden(NativeProgram program, Tensor input, Tensor output) {
    return Golden.of(program, List.of(input), List.of(output), List.of(1e-5), 0);
  }

  private static Verdict check(Golden golden) {
    return check(LINE, golden);
  }

  private static Verdict check(NativeProgram program, Golden golden) {
    return GoldenCheck.here().run(TestBundle.entries(program, HOST, golden), HOST);
  }
}
