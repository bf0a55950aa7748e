package io.edgewright.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.demo.Launcher;
import io.edgewright.demo.LocalDevice;
import io.edgewright.demo.LocalService;
import io.edgewright.testing.SharedTestdata;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One service, real compilations, real devices, each a process of its own.
@Tag("slow")
class ServiceAndDeviceTest {
  private static final Path PROJECT = SharedTestdata.project();
  private static final Path EXAMPLE = PROJECT.resolve("docs/examples/pictograms");
  private static final Path MODEL = EXAMPLE.resolve("model.onnx");
  private static final Path MANIFEST = EXAMPLE.resolve("manifest.json");
  private static final Launcher LAUNCHER = new Launcher(PROJECT);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private static Path data;
  private static LocalService service;
  private static String compilation;

  @TempDir private Path folder;

  @BeforeAll
  static void compileOnce() throws Exception {
    service = LocalService.start(LAUNCHER, data);
    compilation = service.compile(MANIFEST, MODEL).get("id").asText();
    Instant deadline = Instant.now().plus(PATIENCE);
    String state = "queued";
    while (!List.of("done", "partial", "failed").contains(state)) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(200);
      state = service.get("/v1/compilations/" + compilation).get("state").asText();
    }
    assertThat(state).isEqualTo("done");
  }

  @AfterAll
  static void stopTheService() {
    service.close();
  }

  @Test
  void theCommandLineGivesTheSameBytesAsTheService() throws Exception {
    Launcher.Finished finished =
        LAUNCHER.run(
            List.of(
                "compile",
                MODEL.toString(),
                "--manifest",
                MANIFEST.toString(),
                "-o",
                folder.toString()));

    assertThat(finished.status()).as(finished.errors()).isZero();
    Path host = folder.resolve("pictograms-host.zip");
    Path board = folder.resolve("pictograms-raspberry-pi-3.zip");
    assertThat(finished.output()).isEqualTo(host + "\n" + board + "\n");
    assertThat(Files.readAllBytes(host)).isEqualTo(bundleOfTheService("host"));
    assertThat(Files.readAllBytes(board)).isEqualTo(bundleOfTheService("raspberry-pi-3"));
  }

  @Test
  void aPlanForetellsTheBundleOnTheCommandLineAndInTheService() throws Exception {
    ObjectNode request = object();
    request.set("model", service.get("/v1/compilations/" + compilation).get("model"));
    request.set("manifest", JSON.readTree(MANIFEST.toFile()));
    JsonNode plan = service.post("/v1/plans", request);

    List<String> command =
        List.of("plan", MODEL.toString(), "--manifest", MANIFEST.toString(), "--json");
    Launcher.Finished finished = LAUNCHER.run(command);
    assertThat(finished.status()).as(finished.errors()).isZero();
    assertThat(JSON.readTree(finished.output())).isEqualTo(plan);
    for (JsonNode target : plan.get("targets")) {
      JsonNode bundle = bundleManifest(target.get("target").asText());
      assertThat(target.get("weightsBytes")).isEqualTo(bundle.get("weightsBytes"));
      assertThat(target.get("arenaBytes")).isEqualTo(bundle.get("arenaBytes"));
    }
  }

  @Test
  void theSameRequestIsAnsweredWithWhatIsThere() throws Exception {
    JsonNode again = service.compile(MANIFEST, MODEL);

    assertThat(again.get("id").asText()).isEqualTo(compilation);
    assertThat(again.get("state").asText()).isEqualTo("done");
    assertThat(again.get("attempt").asInt()).isEqualTo(1);
  }

  @Test
  void aClaimEnrolsOneDeviceOnly() throws Exception {
    String claim = claim("hall");
    device("first").enroll(service.address(), claim, "host");

    assertThatThrownBy(() -> device("second").enroll(service.address(), claim, "host"))
        .hasMessageContaining("EW-5005");
    assertThatThrownBy(() -> device("third").enroll(service.address(), "no-such-claim", "host"))
        .hasMessageContaining("EW-5005");
  }

  @Test
  void aDeviceRefusesABundleWithAFlippedByte() throws Exception {
    LocalDevice device = device("careful");
    device.enroll(service.address(), claim("yard"), "host");
    service.put("/v1/deployments/yard", object().put("compilation", compilation));

    Path stored = storedBundle();
    byte[] good = Files.readAllBytes(stored);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    replace(stored, bad);
    assertThatThrownBy(device::sync).hasMessageContaining("EW-52");

    replace(stored, good);
    device.sync();
    JsonNode host = service.get("/v1/compilations/" + compilation).get("targets").get(0);
    assertThat(device.status()).contains(host.get("bundle").get("digest").asText());
  }

  @Test
  void aCanaryEndsARollOutAndChangesItsKey() throws Exception {
    LocalDevice device = device("canary");
    device.enroll(service.address(), claim("stage"), "host");
    ObjectNode rollout = object().put("compilation", compilation);
    rollout.putArray("stages").add(100);
    rollout
        .putObject("gate")
        .put("mostFailedPercent", 0)
        .put("leastReports", 1)
        .put("observeSeconds", 0);
    service.put("/v1/deployments/stage", rollout);
    assertThat(service.get("/v1/deployments/stage").get("state").asText()).isEqualTo("rolling-out");

    device.sync();
    assertThat(service.get("/v1/deployments/stage").get("state").asText()).isEqualTo("done");
    device.rotate();
    device.sync();
    JsonNode known = service.get("/v1/devices?group=stage").get("devices").get(0);
    assertThat(known.get("keyId")).isNotEqualTo(known.get("id"));
    assertThat(known.get("lastReport").get("report").get("event").asText()).isEqualTo("activated");
  }

  private LocalDevice device(String name) {
    return new LocalDevice(LAUNCHER, folder.resolve(name));
  }

  private static String claim(String group) throws Exception {
    return service.post("/v1/claims", object().put("group", group)).get("claim").asText();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static byte[] bundleOfTheService(String target) throws Exception {
    return service.download("/v1/compilations/" + compilation + "/targets/" + target + "/bundle");
  }

  private static JsonNode bundleManifest(String target) throws Exception {
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bundleOfTheService(target)))) {
      assertThat(zip.getNextEntry().getName()).isEqualTo("bundle.json");
      return JSON.readTree(zip.readAllBytes());
    }
  }

  /// Where the service keeps the host's bundle: the file with exactly its bytes.
  private static Path storedBundle() throws Exception {
    byte[] bundle = bundleOfTheService("host");
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.size(file) == bundle.length && Arrays.equals(Files.readAllBytes(file), bundle)) {
          return file;
        }
      }
    }
    throw new AssertionError("the service keeps no file with the bundle's bytes");
  }

  private static void replace(Path file, byte[] bytes) throws Exception {
    assertThat(file.toFile().setWritable(true)).isTrue();
    Files.write(file, bytes);
  }
}
