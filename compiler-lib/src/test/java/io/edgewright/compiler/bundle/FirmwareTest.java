package io.edgewright.compiler.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.compiler.onnx.OnnxCase;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.compiler.toolchain.Workspace;
import io.edgewright.testing.InstalledTool;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The example of `docs/microcontrollers.md` as firmware with a linker script of its own: what the
/// report says must be what the linker made and what the emulated core did.
@Tag("slow")
class FirmwareTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```c\n(.*?)```");

  private static final List<String> OWN = List.of("start.o", "firmware.o", "example.o");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"cortex-m4f", "cortex-m7", "cortex-m55"})
  void takesExactlyTheMemoryOfTheReport(String target) throws Exception {
    OnnxCase model = words();
    Path emulator = InstalledTool.qemuSystemArm();
    FirmwareBundle bundle = FirmwareBundle.of(model, TestBundle.target(target));
    JsonNode flash = bundle.json("report.json").at("/footprint/flash");
    JsonNode ram = bundle.json("report.json").at("/footprint/ram");

    byte[] image = link(bundle, model, List.of("libmodel.a"));
    ElfFile linked = new ElfFile(image);
    assertThat(linked.bytesOf(".model_code")).isEqualTo(flash.path("code").longValue());
    assertThat(linked.bytesOf(".model_constants")).isEqualTo(flash.path("constants").longValue());
    assertThat(linked.bytesOf(".model_weights")).isEqualTo(flash.path("weights").longValue());
    assertThat(linked.bytesOf(".model_rest")).isZero();
    assertThat(linked.bytesOf(".arena")).isEqualTo(ram.path("arena").longValue());

    IntBuffer answer = run(emulator, bundle.target(), image);
    assertThat(answer.get(0)).isEqualTo(likeliest(model.sets().getFirst().outputs().getFirst()));
    assertThat((long) answer.get(1))
        .isBetween(ram.path("stack").longValue() / 2, ram.path("stack").longValue());
    assertThat((long) answer.get(2)).isEqualTo(ram.path("arena").longValue());
  }

  @Test
  void canBeCompiledFromTheSourcesInTheBundle() throws Exception {
    OnnxCase model = words();
    Path emulator = InstalledTool.qemuSystemArm();
    FirmwareBundle bundle = FirmwareBundle.of(model, TestBundle.target("cortex-m4f"));
    byte[] image = link(bundle, model, List.of("model.o", "weights.o"));
    assertThat(new ElfFile(image).bytesOf(".model_code")).isZero();
    assertThat(run(emulator, bundle.target(), image).get(0))
        .isEqualTo(likeliest(model.sets().getFirst().outputs().getFirst()));
  }

  @Test
  void describesBothFootprintsAlike() throws IOException {
    FirmwareBundle bundle = FirmwareBundle.of(words(), TestBundle.target("cortex-m4f"));
    JsonNode footprint = bundle.json("report.json").path("footprint");
    assertThat(bundle.json("bundle.json").path("footprint")).isEqualTo(footprint);
    assertThat(footprint.at("/flash/weights").intValue())
        .isEqualTo(bundle.file("weights.bin").length);
    assertThat(bundle.files().keySet())
        .containsExactlyInAnyOrder(
            "bundle.json",
            "libmodel.a",
            "model.h",
            "model.c",
            "weights.c",
            "weights.bin",
            "golden/input.bin",
            "golden/output.bin",
            "report.json",
            "LICENSES");
  }

  private static OnnxCase words() {
    return OnnxCase.read(SharedTestdata.require("models/mlperf_kws_dscnn_fp32"));
  }

  /// @param parts of the model: the library, or objects of its sources
  private static byte[] link(FirmwareBundle bundle, OnnxCase model, List<String> parts)
      throws IOException {
    try (Workspace workspace = Toolchain.standard().workspace(bundle.target())) {
      bundle.files().forEach(workspace::write);
      workspace.write("frame.bin", FirmwareBundle.frame(model.sets().getFirst().inputs()));
      workspace.write("example.c", example());
      BundleResources.BOARD.forEach(name -> workspace.write(name, BundleResources.read(name)));
      for (String name : List.of("firmware.c", "firmware.ld")) {
        workspace.write(name, BundleResources.read(name));
      }
      String arena = bundle.json("report.json").at("/footprint/ram/arena").asText();
      List<String> flags = List.of("-I.", "-fdata-sections", "-DARENA_BYTES=" + arena);
      workspace.compile("firmware/start.c", "start.o", flags);
      for (String source : List.of("firmware", "example", "model", "weights")) {
        workspace.compile(source + ".c", source + ".o", flags);
      }
      List<String> arguments = new ArrayList<>(OWN);
      arguments.addAll(parts);
      arguments.addAll(EmulatedModel.addresses(bundle.target()));
      arguments.addAll(List.of("-T", "firmware.ld"));
      workspace.link("image.elf", arguments);
      return workspace.read("image.elf");
    }
  }

  private static byte[] example() throws IOException {
    Path page = SharedTestdata.project().resolve("docs/microcontrollers.md");
    Matcher code = EXAMPLE.matcher(Files.readString(page));
    assertThat(code.find()).isTrue();
    return code.group(1).getBytes(UTF_8);
  }

  private IntBuffer run(Path emulator, Target target, byte[] image) throws IOException {
    Files.write(folder.resolve(EmulatedModel.IMAGE), image);
    ProgramRun run =
        ProgramRun.of(new EmulatedModel(emulator, target).command(), folder, ProgramRun.NOTHING);
    assertThat(run.story()).isEqualTo("status 0");
    byte[] answer = Files.readAllBytes(folder.resolve("answer.bin"));
    return ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
  }

  private static int likeliest(Tensor scores) {
    int best = 0;
    for (int i = 1; i < scores.size(); i++) {
      best = scores.getDouble(i) > scores.getDouble(best) ? i : best;
    }
    return best;
  }
}
