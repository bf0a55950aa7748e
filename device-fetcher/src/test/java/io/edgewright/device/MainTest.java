package io.edgewright.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import io.edgewright.device.testing.FakeService;
import io.edgewright.device.testing.Pictures;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.ToyBundle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands from outside, one after the other as a person would give them. */
class MainTest {
  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void start() {
    service.now = Clock.systemUTC().instant();
    service.publisher.expireAllAt(service.now.plus(Duration.ofDays(30)));
    service.publisher.rotate("timestamp", SigningKey.generate());
    service.claims.put("good", "");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void enrolsSyncsRunsAndTellsItsStatus() {
    service.deploy("toy-target", ToyBundle.named("toy").zip(), List.of());
    Path picture = Pictures.write(folder.resolve("cat.ppm"), Pictures.ppm(6, 4));

    assertThat(enroll()).isZero();
    assertThat(text()).contains("enrolled in group `lobby`");
    assertThat(device("sync", "--once")).isZero();
    assertThat(text()).contains("a new bundle is active: toy ").contains("self-test passed");
    assertThat(device("run", "--input", picture.toString(), "--once")).isZero();
    assertThat(text())
        .startsWith("{\"source\":\"cat.ppm\",\"frame\":0,")
        .contains("\"size\":[6,4,3]");
    assertThat(device("status", "--json")).isZero();
    JsonValue status = JsonText.parse(out.toByteArray(), "status");
    assertThat(status.require("active").require("model").text()).isEqualTo("toy");
    assertThat(status.require("active").require("hasGivenResults").flag()).isTrue();
    assertThat(device("status")).isZero();
    assertThat(text()).contains("group ", "lobby", "has given results", "refused", "none");
  }

  @Test
  void measuresTheActiveBundleAndHandsItIn() {
    ToyBundle bundle = ToyBundle.named("toy");
    bundle.files.put("golden/input.bin", Pictures.frame(3, 3));
    service.deploy("toy-target", bundle.zip(), List.of());
    enroll();
    device("sync", "--once");

    assertThat(device("bench", "--count", "30")).isZero();
    assertThat(text())
        .contains("toy on toy-target: 30 frames", "median 7 µs", "#".repeat(40) + " 30", "memory");
    JsonValue handedIn = service.benchmarks.get(0);
    assertThat(handedIn.require("latency").require("medianMicros").decimal()).isEqualTo(7);
    assertThat(handedIn.require("frames").integer(0, 99)).isEqualTo(30);
    assertThat(handedIn.require("memory").require("peakBytes").integer(1, 1L << 40))
        .isGreaterThan(10_000);
    assertThat(device("bench", "--count", "3", "--json", "--offline")).isZero();
    assertThat(JsonText.parse(out.toByteArray(), "bench").require("model").text()).isEqualTo("toy");
    assertThat(service.benchmarks).hasSize(1);
    assertThat(device("bench", "--count", "0")).isEqualTo(2);
  }

  @Test
  void handsInResultsOnThePollAndCountsItsTraffic() {
    ToyBundle bundle = ToyBundle.named("toy");
    bundle.manifest.put(
        "run",
        JsonText.parse(
                """
                {"everyMillis":0,"threads":1,"results":{"threshold":0,"onChange":false,
                 "sampleRate":1,"batch":10,"bytesPerDay":100000,"keepBytes":65536}}
                """
                    .getBytes(StandardCharsets.UTF_8),
                "run")
            .value());
    service.deploy("toy-target", bundle.zip(), List.of());
    enroll();
    device("sync", "--once");
    Path picture = Pictures.write(folder.resolve("cat.ppm"), Pictures.ppm(6, 4));
    assertThat(device("run", "--capture", "cat " + picture, "--count", "5")).isZero();
    assertThat(device("run", "--stream", "cat " + picture + " " + picture)).isZero();

    assertThat(device("sync", "--once")).isZero();
    assertThat(service.results.values())
        .filteredOn(record -> record.require("kind").text().equals("sample"))
        .hasSize(7);
    assertThat(service.events()).contains("activated", "health");
    device("status", "--json");
    JsonValue status = JsonText.parse(out.toByteArray(), "status");
    JsonValue today = status.require("traffic").items().get(0);
    assertThat(today.require("wakes").integer(1, 9)).isEqualTo(2);
    assertThat(today.require("bytesReceived").integer(0, 1 << 30)).isGreaterThan(3000);
    assertThat(status.require("run").require("frames").integer(0, 9)).isEqualTo(2);
    assertThat(status.require("run").require("energy").text()).isNotEmpty();
    device("status");
    assertThat(text()).contains("traffic", "bytes sent", "mean millis per frame");
  }

  @Test
  void changesItsKeyAndStaysTheSameDevice() {
    enroll();

    assertThat(device("rotate")).isZero();
    assertThat(text()).contains("signs with the key ");
    assertThat(device("sync", "--once")).isZero();
    assertThat(device("rotate", "--force")).isEqualTo(2);
  }

  @Test
  void readsRawFramesFromStandardInput() {
    service.deploy("toy-target", ToyBundle.named("toy").zip(), List.of());
    enroll();
    device("sync", "--once");

    assertThat(device(new ByteArrayInputStream(Pictures.frame(3, 3)), "run")).isZero();
    assertThat(text()).startsWith("{\"source\":\"stdin:0\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|EW-5001|2",
        "fly|EW-5001|2",
        "enroll|EW-5001|2",
        "enroll --claim c --service http://127.0.0.1:1 --target t extra|EW-5001|2",
        "enroll --service http://edge.example --claim c --target t|EW-5002|2",
        "sync --once|EW-5003|2",
        "sync --twice|EW-5001|2",
        "run --once|EW-5003|2",
        "status|EW-5003|2",
        "enroll --service http://127.0.0.1:9 --claim c --target t|EW-5007|1"
      })
  void saysWhatIsWrongAndEndsWithTheRightStatus(String words, String code, int status) {
    assertThat(device(words.isEmpty() ? new String[0] : words.split(" ", -1))).isEqualTo(status);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(code);
    assertThat(text()).isEmpty();
  }

  @Test
  void listsEverythingThatIsWrongAtOnce() {
    device("enroll", "--service", "x", "--speed", "--service", "y");

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(
            "`--speed`, which is no option", "`--service` twice", "no `--claim`", "no `--target`");
  }

  @Test
  void explainsItself() {
    assertThat(device("--help")).isZero();
    assertThat(text()).contains("enroll --service URL", "sync", "run", "status");
  }

  private int enroll() {
    String address = service.address().toString();
    return device("enroll", "--service", address, "--claim", "good", "--target", "toy-target");
  }

  private int device(String... words) {
    return device(new ByteArrayInputStream(new byte[0]), words);
  }

  private int device(InputStream in, String... words) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of(words));
    Map<String, String> environment = Map.of("EDGEWRIGHT_HOME", folder.resolve("home").toString());
    Console console =
        new Console(
            in,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            Clock.systemUTC());
    return new Main(console).run(all);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
