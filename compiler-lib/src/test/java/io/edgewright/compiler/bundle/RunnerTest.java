package io.edgewright.compiler.bundle;

import static io.edgewright.compiler.bundle.TestBundle.floats;
import static io.edgewright.compiler.bundle.TestBundle.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.compiler.bundle.TestBundle.Answer;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.testing.InstalledTool;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The program `model` keeps its promises to whoever starts it.
@Tag("slow")
class RunnerTest {
  @TempDir static Path folder;
  private static TestBundle line = new TestBundle(Path.of("none"), List.of());
  private static TestBundle bright = line;
  private static TestBundle rows = line;
  private static TestBundle ends = line;

  @BeforeAll
  static void build() {
    line = TestBundle.unpack(TinyPrograms.line(4), folder.resolve("line"));
    bright = TestBundle.unpack(TinyPrograms.brightChannels(), folder.resolve("bright"));
    rows = TestBundle.unpack(TinyPrograms.dynamicRows(), folder.resolve("rows"));
    ends = TestBundle.unpack(TinyPrograms.firstAndLastClass(), folder.resolve("ends"));
  }

  @Test
  void answersEveryFrameInBinaryWhenAllOutputsAreTensors() {
    Answer answer = line.run(floats(1, 2, 3, 4, 0, -1, 0.5f, 100));
    assertThat(answer.floats()).containsExactly(3, 5, 7, 9, 1, -1, 2, 201);
    assertThat(answer.status()).isZero();
    assertThat(answer.complaint()).isEmpty();
  }

  @Test
  void answersMoreThanAPipeHolds() {
    NativeProgram identity = TinyPrograms.identity(ElementType.UINT8, 3 << 20);
    byte[] frames = new byte[6 << 20];
    new Random(3).nextBytes(frames);
    assertThat(TestBundle.unpack(identity, folder.resolve("large")).run(frames).bytes())
        .isEqualTo(frames);
  }

  @Test
  void answersOneLineOfJsonAFrameWhenAsked() {
    Answer answer = line.run(floats(1, 2, 3, 4, 0, -1, 0.5f, 100), "--format", "json");
    assertThat(answer.text().replaceAll("\"latencyMicros\":[0-9]+", "\"latencyMicros\":0"))
        .isEqualTo(
            """
            {"frame":0,"latencyMicros":0,"outputs":{"y":{"shape":[4],"data":[3,5,7,9]}}}
            {"frame":1,"latencyMicros":0,"outputs":{"y":{"shape":[4],"data":[1,-1,2,201]}}}
            """);
  }

  @Test
  void answersAPictureWithLabelledDetections() throws Exception {
    Answer answer =
        bright.run(
            picture(2, 1, 3, (byte) 255, (byte) 0, (byte) 0, (byte) 255, (byte) 51, (byte) 0));
    var found = new ObjectMapper().readTree(answer.text()).at("/outputs/found");
    assertThat(found.toString())
        .isEqualTo(
            "[{\"class\":0,\"label\":\"red \\\"light\\\"\",\"score\":1,\"box\":[0,0,2,1]},"
                + "{\"class\":1,\"label\":\"gr\u00fcn\",\"score\":0.1,\"box\":[0,0,2,1]}]");
  }

  @Test
  void leavesOutTheLabelOfAClassThatHasNone() {
    assertThat(bright.run(picture(1, 1, 3, (byte) 0, (byte) 0, (byte) 255)).text())
        .contains("\"found\":[{\"class\":2,\"score\":1,");
    assertThat(bright.run(picture(1, 1, 3, (byte) 0, (byte) 0, (byte) 0)).text())
        .contains("\"found\":[]");
  }

  @Test
  void takesPicturesOfDifferentSizesOneAfterTheOther() {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes(picture(1, 1, 3, new byte[3]));
    frames.writeBytes(picture(4096, 2, 3, new byte[3 * 8192]));
    frames.writeBytes(picture(2, 2, 3, new byte[12]));
    assertThat(bright.run(frames.toByteArray()).text()).hasLineCount(3);
  }

  @Test
  void answersClassesWithProbabilities() {
    assertThat(ends.run(floats(0.75f, 0, 0, 0.25f)).text())
        .contains(
            "{\"class\":[{\"class\":0,\"label\":\"a\",\"probability\":0.75},"
                + "{\"class\":3,\"label\":\"d\",\"probability\":0.25}]}");
  }

  @Test
  void putsTheShapeBeforeATensorWhoseShapeOnlyTheCallKnows() {
    byte[] frame =
        ByteBuffer.allocate(32)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(2)
            .putLong(2)
            .putFloat(1)
            .putFloat(2)
            .putFloat(3)
            .putFloat(4)
            .array();
    byte[] answer = rows.run(frame).bytes();
    ByteBuffer buffer = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(buffer.getLong()).isEqualTo(2);
    assertThat(buffer.getLong()).isEqualTo(2);
    assertThat(buffer.getFloat(16 + 12)).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    "-1,2,not one",
    "3,3,extent is 3",
    "100,2,too large",
    "4611686018427387904,2,not one"
  })
  void refusesShapesThatDoNotFit(long first, long second, String reason) {
    byte[] frame =
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(first)
            .putLong(second)
            .array();
    Answer answer = rows.run(frame);
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.complaint()).contains(reason).contains("input `x`");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void givesTheSameWithAnyNumberOfThreads(int threads) {
    Answer answer = line.run(floats(1, 2, 3, 4), "--threads", Integer.toString(threads));
    assertThat(answer.floats()).containsExactly(3, 5, 7, 9);
  }

  @Test
  void stopsAfterAsManyFramesAsAsked() {
    Answer answer = line.run(floats(1, 2, 3, 4, 5, 6, 7, 8), "--count", "1");
    assertThat(answer.floats()).containsExactly(3, 5, 7, 9);
    assertThat(answer.status()).isZero();
  }

  @Test
  void endsQuietlyWithoutAFrame() {
    Answer answer = line.run(new byte[0]);
    assertThat(answer.status()).isZero();
    assertThat(answer.bytes()).isEmpty();
  }

  @Test
  void complainsWhenTheInputEndsInTheMiddleAndKeepsTheResultsBefore() {
    Answer answer = line.run(floats(1, 2, 3, 4, 5, 6));
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.complaint()).contains("frame 1", "input `x`", "ends in the middle");
    assertThat(answer.floats()).containsExactly(3, 5, 7, 9);
    assertThat(bright.run(picture(2, 2, 3, (byte) 1)).complaint()).contains("ends in the middle");
  }

  @ParameterizedTest
  @CsvSource({
    "0,1,3,width is 0",
    "4097,1,3,width is 4097",
    "1,-1,3,height is 4294967295",
    "1,1,1,'channels is 1, expected 3'"
  })
  void refusesPicturesThatDoNotFit(int width, int height, int channels, String reason) {
    Answer answer = bright.run(picture(width, height, channels));
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.complaint()).contains(reason);
  }

  @Test
  void refusesAPictureWithoutItsHeader() {
    assertThat(bright.run(new byte[100]).complaint()).contains("EWIM");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--frob",
        "--threads",
        "--threads 0",
        "--threads 65",
        "--threads 2x",
        "--count 0",
        "--count 99999999999999999999",
        "--format xml",
        "--format",
        "extra"
      })
  void answersBadUsageWithTheRule(String arguments) {
    String[] words = arguments.split(" ", -1);
    Answer answer = line.run(new byte[0], words);
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.complaint()).contains("usage: model", "`" + words[0] + "`");
  }

  @Test
  void describesItselfWithoutReadingAnything() throws Exception {
    Answer answer = bright.run(new byte[0], "--describe");
    var json = new ObjectMapper().readTree(answer.text());
    assertThat(json.at("/inputs/0/kind").textValue()).isEqualTo("image");
    assertThat(json.at("/outputs/0/labels/1").textValue()).isEqualTo("gr\u00fcn");
    assertThat(json.at("/name").textValue()).isEqualTo("bright");
  }

  @Test
  void refusesOtherWeights() {
    TestBundle other = TestBundle.unpack(TinyPrograms.line(4), folder.resolve("other"));
    other.overwrite("weights.bin", new byte[72]);
    assertThat(other.run(floats(1, 2, 3, 4)))
        .satisfies(answer -> assertThat(answer.status()).isEqualTo(1))
        .satisfies(answer -> assertThat(answer.complaint()).contains("weights.bin is not the one"));
    other.overwrite("weights.bin", new byte[71]);
    assertThat(other.run(new byte[0]).complaint()).contains("weights.bin has another size");
  }

  @Test
  void saysWhichFileItCannotRead() throws Exception {
    TestBundle bare = TestBundle.unpack(TinyPrograms.line(4), folder.resolve("bare"));
    Files.delete(bare.folder().resolve("weights.bin"));
    Answer answer = bare.run(new byte[0]);
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.complaint()).contains("/bare/weights.bin", "error 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"raspberry-pi-3", "raspberry-pi-2", "raspberry-pi-zero", "riscv64-gcv"})
  void runsOnOtherArchitecturesAndAfterABadFrameToo(String id) {
    Target device = TestBundle.target(id);
    TestBundle emulated = emulated(device, folder.resolve(id));
    byte[] red = picture(1, 1, 3, (byte) 51, (byte) 0, (byte) 0);
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes(red);
    frames.writeBytes(picture(1, 1, 1, (byte) 51));
    frames.writeBytes(red);
    Answer answer = emulated.run(frames.toByteArray(), "--threads", "3");
    assertThat(answer.text())
        .hasLineCount(3)
        .contains("\"score\":0.2,", "channels is 1, expected 3");
    assertThat(answer.complaint()).contains("no seccomp filters");
    assertThat(answer.status()).isEqualTo(2);
  }

  /// What the processor of the emulator is said to have, in the words of the kernel.
  @ParameterizedTest
  @CsvSource({
    "raspberry-pi-2, Features : half thumb fastmult vfp edsp neon vfpv3 tls vfpd32 lpae, vfpv4",
    "raspberry-pi-2, Features : fp asimd evtstrm crc32 cpuid, ''",
    "raspberry-pi-zero, Features : half thumb fastmult vfp edsp java tls, ''",
    "riscv64-gcv, isa : rv64imafdc_zicsr_zvl, v",
    "riscv64-gcv, isa : rv64imafdcv_zicsr, ''",
    "riscv64-gcv, isa : rv64imafdcv, ''",
  })
  void saysWhatTheProcessorLacks(String id, String line, String lacking) throws Exception {
    Target device = TestBundle.target(id);
    TestBundle emulated = emulated(device, folder.resolve("features-" + id));
    Path root = folder.resolve("root-" + id);
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(root.resolve("proc/cpuinfo"), "processor : 0\n" + line + "\n");
    List<String> command = new ArrayList<>(emulated.emulator());
    command.addAll(List.of("-L", root.toString()));
    Answer answer = emulated.under(command.toArray(String[]::new)).run(new byte[0]);
    assertThat(answer.status()).isEqualTo(lacking.isEmpty() ? 0 : 1);
    if (!lacking.isEmpty()) {
      assertThat(answer.complaint())
          .isEqualTo(
              "model: this processor lacks `%s`, which the program was compiled for%n"
                  .formatted(lacking));
    }
  }

  private static TestBundle emulated(Target device, Path folder) {
    Path qemu = InstalledTool.qemuUser(device.architecture());
    return TestBundle.unpack(
            TestBundle.entries(TinyPrograms.brightChannels(), device, TestBundle.noGolden(1)),
            folder)
        .under(qemu.toString(), "-cpu", device.emulatedCpu().orElseThrow());
  }
}
