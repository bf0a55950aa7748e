package io.edgewright.device.transport;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.disk.SmallFile;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.testing.FakeObject;
import io.edgewright.device.testing.ModelDisk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {
  private static final URI ADDRESS = URI.create("https://objects.example/bundle");
  private static final Patience PATIENCE =
      new Patience(
          5,
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          1 << 18,
          1 << 10);

  @TempDir Path folder;
  private final List<Duration> pauses = new ArrayList<>();
  private final FakeObject object = FakeObject.ofSize(1 << 20);
  private int addresses;
  private long bytesPerDay = 1 << 30;
  private Instant now = Instant.parse("2026-06-01T23:00:00Z");

  @Test
  void fetchesInRanges() throws IOException {
    download().finish();

    assertThat(received()).isEqualTo(object.bytes);
    assertThat(object.ranges)
        .containsExactly("0-262143", "262144-524287", "524288-786431", "786432-1048575");
  }

  @Test
  void endsWithTheSameBytesWhereverTheLineIsCut() throws IOException {
    Random random = new Random(7);
    for (int schedule = 0; schedule < 1000; schedule++) {
      FakeObject cut = FakeObject.ofSize(300_000 + random.nextInt(300_000));
      int cuts = 1 + random.nextInt(4);
      for (int index = 0; index < cuts; index++) {
        cut.cutAfter.add(random.nextInt(1 << 18));
      }
      ModelDisk disk = new ModelDisk(); // a thousand times the real disk's syncs take a minute
      disk.makeFolder(folder);
      boolean done = false;
      while (!done) {
        done = tryOnce(cut, disk, random.nextInt(3) == 0);
      }

      assertThat(SmallFile.read(disk, folder.resolve("bundle.part"), 1 << 20)).hasValue(cut.bytes);
      assertThat(cut.sent)
          .isLessThanOrEqualTo((long) (1.1 * cut.bytes.length) + cuts * (64L << 10));
    }
  }

  /** Runs until the end; a restart forgets everything that is not on the disk. */
  private boolean tryOnce(FakeObject cut, Disk disk, boolean restarts) {
    Patience patience =
        restarts
            ? new Patience(1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(9), 1 << 18, 1 << 10)
            : PATIENCE;
    Connection connection = new Connection(cut, patience, pauses::add, new Random(1));
    try {
      new Download(connection, disk, budget(disk, 1 << 30), wanted(cut.bytes.length)).finish();
      return true;
    } catch (DeviceException exception) {
      assertThat(exception.code()).isEqualTo(DeviceErrorCode.DOWNLOAD_INTERRUPTED);
      return false;
    }
  }

  @Test
  void asksForTheSameObjectAgain() {
    object.cutAfter.add(1000);

    download().finish();

    assertThat(object.conditions.get(0)).isEmpty();
    assertThat(object.conditions.subList(1, object.conditions.size())).containsOnly(object.etag);
  }

  @Test
  void startsOverWhenTheObjectChanged() throws IOException {
    object.cutAfter.add(1000);
    object.changeAfter = 1;

    download().finish();

    assertThat(received()).isEqualTo(object.bytes);
    assertThat(addresses).isEqualTo(1);
  }

  @Test
  void takesEverythingFromAServerWithoutRanges() throws IOException {
    object.knowsRanges = false;
    object.cutAfter.add(200_000);

    download().finish();

    assertThat(received()).isEqualTo(object.bytes);
  }

  @Test
  void waitsLongerAfterEachFailureAndNeverAFixedTime() {
    object.statuses.addAll(List.of(500, 503, 429, 500));

    download().finish();

    assertThat(pauses).hasSize(4);
    for (int index = 0; index < 4; index++) {
      assertThat(pauses.get(index)).isLessThanOrEqualTo(Duration.ofSeconds(1L << index));
    }
    assertThat(pauses.stream().distinct().count()).isGreaterThan(1);
  }

  @Test
  void givesUpAfterTriesThatBringNothing() {
    object.statuses.addAll(List.of(500, 500, 500, 500, 500, 500));

    assertRefused(DeviceErrorCode.DOWNLOAD_INTERRUPTED, () -> download().finish());
    assertThat(object.ranges).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void stopsAtOnceWhenTheObjectIsGone(int status) {
    object.statuses.add(status);

    assertRefused(DeviceErrorCode.BUNDLE_GONE, () -> download().finish());
    assertThat(object.ranges).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 400, 416, 204})
  void refusesAStatusThatHasNoPlaceHere(int status) {
    object.statuses.add(status);

    assertRefused(DeviceErrorCode.DOWNLOAD_CONTRADICTORY, () -> download().finish());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 1-262143/1048576",
        "bytes 0-262144/1048576",
        "bytes 0-262143/1048577",
        "bytes 0-262143/*",
        "bytes 262143-0/1048576",
        "bytes 0-99999999999999999999/1048576",
        "bytes */1048576",
        "items 0-262143/1048576",
        "bytes 0-262143",
        ""
      })
  void refusesAMalformedContentRange(String header) {
    object.contentRange = header;

    assertRefused(DeviceErrorCode.DOWNLOAD_CONTRADICTORY, () -> download().finish());
  }

  @Test
  void refusesALengthThatIsNotTheSignedOne() {
    object.knowsRanges = false;

    assertRefused(
        DeviceErrorCode.DOWNLOAD_CONTRADICTORY, () -> download(object.bytes.length - 1).finish());
  }

  @Test
  void stopsAtTwiceTheSizeEvenAcrossRestarts() {
    object.knowsRanges = false;
    for (int index = 0; index < 100; index++) {
      object.cutAfter.add(900_000);
    }

    assertRefused(
        DeviceErrorCode.BYTES_EXHAUSTED,
        () -> {
          for (int restart = 0; restart < 10; restart++) {
            download().finish();
          }
        });
    assertThat(object.sent).isLessThan(3L * object.bytes.length);
  }

  @Test
  void doesNotTrustBytesThatAPowerCutLeftBehind() throws IOException {
    Files.write(folder.resolve("bundle.part"), new byte[500_000]);

    download().finish();

    assertThat(received()).isEqualTo(object.bytes);
  }

  @Test
  void stopsWhenTheDayHasCostEnoughAndGoesOnTheNextDay() throws IOException {
    bytesPerDay = 600_000;

    for (int restart = 0; restart < 3; restart++) {
      assertRefused(DeviceErrorCode.DAY_BYTES_SPENT, () -> download().finish());
    }
    assertThat(object.sent).isEqualTo(524_288); // two ranges; a third would have been too much

    now = now.plus(Duration.ofHours(1));
    download().finish();

    assertThat(received()).isEqualTo(object.bytes);
    assertThat(object.sent).isEqualTo(object.bytes.length);
  }

  @Test
  void countsWhatADeadProcessMayHaveReceived() {
    bytesPerDay = 600_000;
    object.dieAfter = 300_000;
    assertThatExceptionOfType(Error.class).isThrownBy(() -> download().finish());

    // The second range was under way; whether it came is not known, so it counts.
    object.dieAfter = Long.MAX_VALUE;
    assertRefused(DeviceErrorCode.DAY_BYTES_SPENT, () -> download().finish());
    assertThat(object.sent).isLessThan(600_000);
  }

  @Test
  void doesNotStartTheDayOverWhenTheClockGoesBack() {
    bytesPerDay = 600_000;
    assertRefused(DeviceErrorCode.DAY_BYTES_SPENT, () -> download().finish());
    now = now.minus(Duration.ofDays(3));

    assertRefused(DeviceErrorCode.DAY_BYTES_SPENT, () -> download().finish());
  }

  @Test
  void asksForNoWholeFileThatTheDayCannotBear() {
    bytesPerDay = 600_000;
    object.knowsRanges = false;

    assertRefused(DeviceErrorCode.DAY_BYTES_SPENT, () -> download().finish());
    assertThat(object.sent).isZero();
  }

  private Download download() {
    return download(object.bytes.length);
  }

  private Download download(long length) {
    Connection connection = new Connection(object, PATIENCE, pauses::add, new Random(3));
    Disk disk = new LocalDisk();
    return new Download(connection, disk, budget(disk, bytesPerDay), wanted(length));
  }

  private Download.Wanted wanted(long length) {
    return new Download.Wanted(
        folder.resolve("bundle.part"),
        length,
        ADDRESS,
        () -> {
          addresses++;
          return ADDRESS;
        });
  }

  private DayBudget budget(Disk disk, long bytesPerDay) {
    return new DayBudget(disk, folder.resolve("budget.json"), bytesPerDay, () -> now);
  }

  private byte[] received() throws IOException {
    return Files.readAllBytes(folder.resolve("bundle.part"));
  }
}
