package io.edgewright.compiler.target;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetCatalogTest {
  private static final Location WHERE = Location.manifest("/targets/0");
  private static final HostProcessor STRANGE = new HostProcessor("sparc", Set.of());

  static Set<String> files() {
    return TargetResources.read().keySet();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileIsValid(String fileName) {
    byte[] json = contents(fileName);
    assertThat(TargetFile.read(fileName, json).id() + ".json").isEqualTo(fileName);
  }

  @Test
  void knowsTheFirstDevices() {
    assertThat(TargetCatalog.standard().ids())
        .contains(
            "host",
            "x86-64-v3",
            "x86-64-v4",
            "x86-64-v4-vnni",
            "raspberry-pi-3",
            "raspberry-pi-4",
            "raspberry-pi-5");
    assertThat(TargetCatalog.standard().hostId()).isEqualTo("host");
  }

  @Test
  void listsDevicesWithoutTheHost() {
    assertThat(TargetCatalog.standard().devices())
        .extracting(Target::id)
        .contains("raspberry-pi-3")
        .doesNotContain("host");
  }

  @Test
  void answersAnUnknownTargetWithNearMatchesAndTheList() {
    Problem problem = TargetCatalog.standard().problem("raspberrypi-3", WHERE).orElseThrow();
    assertThat(problem.code()).isEqualTo(ErrorCode.TARGET_UNKNOWN);
    assertThat(problem.where()).isEqualTo(WHERE);
    assertThat(problem.hint()).startsWith("did you mean `raspberry-pi-3`");
    assertThat(problem.allowed()).contains("`x86-64-v3`", "`host`");
    assertThatExceptionOfType(CompileException.class)
        .isThrownBy(() -> TargetCatalog.standard().get("raspberrypi-3", WHERE))
        .withMessageContaining("EW-2101");
  }

  @Test
  void resolvesHostToTheFirstDeviceWhoseFeaturesAreThere() {
    Target v3 = TargetCatalog.standard().get("x86-64-v3", WHERE);
    HostProcessor processor = new HostProcessor("x86_64", Set.copyOf(v3.features()));
    Target host = catalogOn(processor).get("host", WHERE);
    assertThat(host.id()).isEqualTo("host");
    assertThat(host.title()).contains(v3.title());
    assertThat(host.named(v3.id(), v3.title())).isEqualTo(v3);
  }

  @Test
  void resolvesHostToLessWhenOneFeatureIsMissing() {
    Target v3 = TargetCatalog.standard().get("x86-64-v3", WHERE);
    Set<String> flags = new java.util.TreeSet<>(v3.features());
    flags.remove("fma");
    Target host = catalogOn(new HostProcessor("x86_64", flags)).get("host", WHERE);
    assertThat(host.fusedMultiplyAdd()).isFalse();
    assertThat(host.cpu()).isEqualTo("x86-64-v2");
  }

  @Test
  void saysWhenThisMachineFitsNoDevice() {
    Problem problem = catalogOn(STRANGE).problem("host", WHERE).orElseThrow();
    assertThat(problem.code()).isEqualTo(ErrorCode.HOST_UNSUPPORTED);
    assertThat(problem.seen()).contains("sparc");
    assertThatExceptionOfType(CompileException.class)
        .isThrownBy(() -> catalogOn(STRANGE).get("host", WHERE));
    assertThat(catalogOn(STRANGE).problem("raspberry-pi-5", WHERE)).isEmpty();
  }

  @Test
  void namesEveryRuleThatADescriptionBreaks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(piWith("\"vectorBits\": 128", "\"vectorBits\": 100")))
        .withMessageContaining("vectorBits is a power of two");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(piWith("\"watts\": 3.7", "\"watts\": 0, \"color\": 1")))
        .withMessageContaining("watts is more than 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(piWith("\"watts\": 3.7", "\"watts\": 3.7, \"color\": 1")))
        .withMessageContaining("`color` is not a field");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(piWith("\"cores\": 4", "\"cores\": \"4\"")))
        .withMessageContaining("`cores` must be a whole number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(piWith("cortex-a53+nocrypto", "cortex-a57")))
        .withMessageContaining("compilerFlags name the cpu");
  }

  @Test
  void knowsWhichDevicesHaveNoSystem() {
    Target m55 = TargetCatalog.standard().get("cortex-m55", WHERE);
    assertThat(m55.microcontroller().orElseThrow().flashBytes()).isEqualTo(5767168);
    assertThat(m55.microcontroller().orElseThrow().emulator().code().start()).isEqualTo(0x11000000);
    assertThat(TargetCatalog.standard().get("raspberry-pi-3", WHERE).microcontroller()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            read(piWith("\"triple\": \"aarch64-linux-gnu\"", "\"triple\": \"aarch64-none-elf\"")))
        .withMessageContaining("a microcontroller has flash, no system, and a source");
  }

  @Test
  void refusesAChoiceOfUnknownDevices() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(
        "any.json",
        "{\"id\": \"any\", \"title\": \"Any\", \"resolves\": [\"none\"]}".getBytes(UTF_8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TargetCatalog(files, STRANGE))
        .withMessageContaining("none");
  }

  @Test
  void knowsWhichCoreStandsInForFeatures() {
    TargetCatalog catalog = TargetCatalog.standard();
    Target pi = catalog.get("raspberry-pi-2", WHERE);
    assertThat(catalog.emulatedCpu(pi.triple(), pi.features())).contains("cortex-a7");
    assertThat(catalog.emulatedCpu(pi.triple(), List.of("warp"))).isEmpty();
    Target server = catalog.get("x86-64-v4", WHERE);
    assertThat(catalog.emulatedCpu(server.triple(), server.features())).isEmpty();
  }

  @Test
  void readsProcessorFeaturesInEverySpelling() {
    assertThat(HostProcessor.parse(List.of("processor\t: 0", "flags\t\t: fpu  avx2", "flags : x")))
        .containsExactlyInAnyOrder("fpu", "avx2");
    assertThat(HostProcessor.parse(List.of("Features\t: fp asimd"))).contains("asimd");
    assertThat(HostProcessor.parse(List.of("hart: 0", "isa\t\t: rv64imafdcv_zba_zicsr")))
        .containsExactlyInAnyOrder("i", "m", "a", "f", "d", "c", "v", "zba", "zicsr");
    assertThat(HostProcessor.parse(List.of("nothing"))).isEmpty();
  }

  private static TargetCatalog catalogOn(HostProcessor processor) {
    return new TargetCatalog(TargetResources.read(), processor);
  }

  private static byte[] contents(String fileName) {
    return Objects.requireNonNull(TargetResources.read().get(fileName));
  }

  private static TargetFile read(String json) {
    return TargetFile.read("raspberry-pi-3.json", json.getBytes(UTF_8));
  }

  private static String piWith(String old, String changed) {
    String text = new String(contents("raspberry-pi-3.json"), UTF_8);
    assertThat(text).contains(old);
    return text.replace(old, changed);
  }
}
