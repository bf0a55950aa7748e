package io.edgewright.device.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.bundle.ResultPolicy;
import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.identity.RequestSigner;
import io.edgewright.device.json.JsonValue;
import io.edgewright.device.store.Store;
import io.edgewright.device.testing.FakeService;
import io.edgewright.device.testing.TestDevice;
import io.edgewright.device.testing.TufPublisher;
import io.edgewright.device.transport.ServiceClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a result line to the service, with everything that can stop in between. */
class ResultsTest {
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private final List<String> said = new ArrayList<>();
  private Disk disk = new LocalDisk();
  private ResultPolicy policy = ResultPolicy.EVERYTHING;
  private Instant now = TufPublisher.NOW;
  private TestDevice device = new TestDevice(Path.of(""));

  @BeforeEach
  void enrol() {
    device = new TestDevice(folder.resolve("home")).enrolledWith(service);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Path results() {
    return device.store.home().results();
  }

  private Recorder recorder() {
    return new Recorder(disk, results(), new Random(1), said::add);
  }

  private void take(Recorder recorder, int from, int to) {
    for (int number = from; number < to; number++) {
      String line = "{\"frame\":%d,\"outputs\":{\"n\":[%d]}}".formatted(number, number);
      recorder.take(new Recorder.Origin("toy", DIGEST, policy), line, now);
      now = now.plusSeconds(1);
    }
  }

  private int send() {
    Store store = device.store;
    ServiceClient client =
        new ServiceClient(
            device.connection(),
            URI.create(store.enrolment().orElseThrow().service()),
            Optional.of(new RequestSigner(store.key().orElseThrow(), new SecureRandom())),
            () -> device.now);
    return new ResultUpload(disk, results(), client, () -> now, said::add).send(policy);
  }

  /** Numbers of the frames that the service has, in the order of their records. */
  private List<Long> received() {
    return service.results.values().stream()
        .filter(record -> record.require("kind").text().equals("sample"))
        .map(record ->
            record.require("outputs").require("n").items().get(0).integer(0, Integer.MAX_VALUE))
        .toList();
  }

  private JsonValue lastCounters() {
    return service.results.descendingMap().values().stream()
        .filter(record -> record.require("kind").text().equals("counters"))
        .findFirst()
        .orElseThrow()
        .require("counters");
  }

  private static List<Long> numbers(int from, int to) {
    return Stream.iterate((long) from, number -> number < to, number -> number + 1).toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(results())) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  @Test
  void handsInEverythingOnceAndTheTotals() throws IOException {
    try (Recorder recorder = recorder()) {
      take(recorder, 0, 250);
    }

    assertThat(send()).isGreaterThan(250);
    assertThat(received()).isEqualTo(numbers(0, 250));
    assertThat(lastCounters().require("frames").integer(0, 1000)).isEqualTo(250);
    assertThat(send()).isZero();
    assertThat(files()).hasSize(1);
  }

  @Test
  void sendsWhatIsSafeWhileTheModelStillRuns() {
    try (Recorder recorder = recorder()) {
      take(recorder, 0, 25); // a second apart: flushed at the first, the 11th and the 21st
      send();

      assertThat(received()).isEqualTo(numbers(0, 21));
      take(recorder, 25, 40);
    }
    send();

    assertThat(received()).isEqualTo(numbers(0, 40));
  }

  @Test
  void countsOnAfterAStop() {
    try (Recorder recorder = recorder()) {
      take(recorder, 0, 10);
    }
    try (Recorder recorder = recorder()) {
      take(recorder, 10, 15);
    }
    send();

    assertThat(received()).isEqualTo(numbers(0, 15));
    assertThat(lastCounters().require("frames").integer(0, 100)).isEqualTo(15);
  }

  @Test
  void keepsNothingTwiceWhenAnswersAreLost() {
    try (Recorder recorder = recorder()) {
      take(recorder, 0, 150);
    }
    service.loseAnswers.set(3);
    send();

    assertThat(received()).isEqualTo(numbers(0, 150));
  }

  @Test
  void losesNoMoreThanTheTornEnd() throws IOException {
    try (Recorder recorder = recorder()) {
      take(recorder, 0, 12);
    }
    Path newest = files().get(0);
    byte[] whole = Files.readAllBytes(newest);
    for (int torn = whole.length; torn > 0; torn -= 37) {
      Files.write(newest, Arrays.copyOf(whole, torn));
      int kept =
          (int)
              Segment.read(Files.readAllBytes(newest)).entries().stream()
                  .filter(entry -> entry.kind() == Entry.Kind.SAMPLE)
                  .count();
      service.results.clear();
      try (Recorder recorder = recorder()) {
        take(recorder, 100, 102);
      }
      send();

      List<Long> expected = new ArrayList<>(numbers(0, kept));
      expected.addAll(numbers(100, 102));
      assertThat(received()).isEqualTo(expected);
      for (Path file : files()) {
        Files.delete(file);
      }
      Files.deleteIfExists(results().resolve("acknowledged.json"));
    }
  }

  @Test
  void dropsTheOldestSamplesAndNoCounters() throws IOException {
    policy = new ResultPolicy(Optional.empty(), 0, false, 1, 100, 1 << 30, 1 << 16);
    try (Recorder recorder = recorder()) {
      take(recorder, 0, 3000);
    }
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isLessThan(100_000);
    send();

    List<Long> left = received();
    assertThat(left).isEqualTo(numbers(3000 - left.size(), 3000)).hasSizeGreaterThan(100);
    assertThat(lastCounters().require("frames").integer(0, 10_000)).isEqualTo(3000);
    assertThat(lastCounters().require("dropped").integer(0, 10_000)).isEqualTo(3000 - left.size());
  }

  @Test
  void spendsNoMoreThanTheDayAllows() {
    policy = new ResultPolicy(Optional.empty(), 0, false, 1, 10, 12_000, 1 << 20);
    try (Recorder recorder = recorder()) {
      take(recorder, 0, 200);
    }
    send();
    int first = received().size();

    assertThat(first).isBetween(20, 100);
    assertThat(send()).isZero();
    now = now.plus(Duration.ofDays(1));
    send();
    assertThat(received()).hasSizeGreaterThan(first).isEqualTo(numbers(0, received().size()));
    assertThat(said).anyMatch(line -> line.contains("today's bytes"));
  }

  @Test
  void sendsTotalsAloneWhereNoSampleIsWanted() {
    policy = new ResultPolicy(Optional.empty(), 0, false, 0, 10, 12_000, 1 << 20);
    try (Recorder recorder = recorder()) {
      take(recorder, 0, 200);
    }

    assertThat(send()).isEqualTo(1);
    assertThat(received()).isEmpty();
    assertThat(lastCounters().require("frames").integer(0, 1000)).isEqualTo(200);
  }

  @Test
  void givesUpWhatTheServiceWillNeverTake() {
    try (Recorder recorder = recorder()) {
      take(recorder, 0, 5);
    }
    service.faults.add(400);
    send();
    try (Recorder recorder = recorder()) {
      take(recorder, 5, 7);
    }
    send();

    assertThat(received()).isEqualTo(numbers(5, 7));
    assertThat(said).anyMatch(line -> line.contains("given up"));
  }

  @Test
  void givesNoNumberTwiceAfterTheFolderWasDeleted() throws IOException {
    try (Recorder recorder = recorder()) {
      take(recorder, 0, 5);
    }
    send();
    for (Path file : files()) {
      Files.delete(file);
    }
    Files.delete(results().resolve("acknowledged.json"));
    try (Recorder recorder = recorder()) {
      take(recorder, 5, 10);
    }
    send();

    assertThat(received()).isEqualTo(numbers(0, 10));
  }

  @Test
  void goesOnWithoutKeepingWhereTheDiskCannot() throws IOException {
    Files.createFile(results()); // a file where the folder should be
    try (Recorder recorder = recorder()) {
      take(recorder, 0, 30);
      assertThat(said).hasSize(1).first().asString().contains("EW-5011");
      Files.delete(results());
      take(recorder, 30, 45);
    }
    send();

    assertThat(received()).isNotEmpty().contains(44L);
    assertThat(lastCounters().require("frames").integer(0, 100)).isEqualTo(received().size());
  }

  @Test
  void leavesOutASampleThatNoRequestCanCarry() {
    try (Recorder recorder = recorder()) {
      String line = "{\"outputs\":{\"n\":[" + "1234567,".repeat(9000) + "0]}}";
      recorder.take(new Recorder.Origin("toy", DIGEST, policy), line, now);
    }
    send();

    assertThat(received()).isEmpty();
    assertThat(lastCounters().require("dropped").integer(0, 9)).isEqualTo(1);
  }
}
