package io.edgewright.device.update;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.identity.DeviceKey;
import io.edgewright.device.store.Slots;
import io.edgewright.device.testing.DiskWithRoomFor;
import io.edgewright.device.testing.FakeService;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.TestDevice;
import io.edgewright.device.testing.ToyBundle;
import io.edgewright.device.testing.TufPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdaterTest {
  private static final byte[] FIRST = ToyBundle.named("first").weighing(200_000, 1).zip();
  private static final byte[] SECOND = ToyBundle.named("second").weighing(200_000, 2).zip();

  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private TestDevice device = new TestDevice(Path.of(""));

  @BeforeEach
  void enrol() {
    device = new TestDevice(folder.resolve("home")).enrolledWith(service);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void waitsWhereNothingIsDeployed() {
    assertThat(device.sync().kind()).isEqualTo(SyncResult.Kind.NOTHING_DEPLOYED);
  }

  @Test
  void installsTestsActivatesAndReports() {
    deploy(FIRST);

    SyncResult result = device.sync();

    assertThat(result.kind()).isEqualTo(SyncResult.Kind.ACTIVATED);
    assertThat(result.selfTest().orElseThrow().latencyMicros()).isEqualTo(42);
    assertThat(device.activeName()).contains("first");
    assertThat(service.events()).containsExactly("activated");
    assertThat(service.reports.get(0).require("bundle").text())
        .isEqualTo("sha256:" + SigningKey.sha256(FIRST));
  }

  @Test
  void doesNothingWhenNothingChanged() {
    deploy(FIRST);
    device.sync();
    long objects = service.objectRequests();

    assertThat(device.sync().kind()).isEqualTo(SyncResult.Kind.NOTHING_NEW);
    service.publisher.publish();
    assertThat(device.sync().kind()).isEqualTo(SyncResult.Kind.UP_TO_DATE);
    assertThat(service.objectRequests()).isEqualTo(objects);
  }

  @Test
  void keepsTheRunningModelWhenTheDownloadStops() {
    deploy(FIRST);
    device.sync();
    deploy(SECOND);
    service.objectFaults.addAll(List.of(500, 502, 503, 504));

    assertRefused(DeviceErrorCode.DOWNLOAD_INTERRUPTED, device::sync);
    assertThat(device.activeName()).contains("first");

    assertThat(device.sync().kind()).isEqualTo(SyncResult.Kind.ACTIVATED);
    assertThat(device.activeName()).contains("second");
    assertThat(device.store.slots().lastGood().map(Slots.Slot::name)).contains("first");
  }

  @Test
  void goesOnWhereACutDownloadStopped() {
    deploy(FIRST);
    service.objectCutAfter = 30_000;
    assertRefused(DeviceErrorCode.DOWNLOAD_INTERRUPTED, device::sync);
    service.objectCutAfter = Integer.MAX_VALUE;
    long before = service.objectRequests();

    device.sync();

    // About 130 of 222 KB had arrived in four cut ranges; the rest fits two more.
    assertThat(service.objectRequests() - before).isLessThanOrEqualTo(3);
    assertThat(device.activeName()).contains("first");
  }

  @Test
  void asksForAnotherAddressWhenOneHasExpired() {
    deploy(FIRST);
    service.objectFaults.addAll(List.of(403, 403));

    device.sync();

    assertThat(service.requests.stream().filter("GET /v1/devices/self/desired"::equals).count())
        .isEqualTo(3);
  }

  @Test
  void stopsAskingWhenEveryAddressIsRefused() {
    deploy(FIRST);
    service.objectFaults.addAll(List.of(403, 403, 403, 403, 403, 403));

    assertRefused(DeviceErrorCode.ADDRESS_REFUSED, device::sync);
  }

  @Test
  void stopsAtOnceWhenTheBundleIsGone() {
    deploy(FIRST);
    service.objectFaults.add(404);

    assertRefused(DeviceErrorCode.BUNDLE_GONE, device::sync);
    assertThat(service.objectRequests()).isEqualTo(1);
    assertThat(service.events()).containsExactly("failed");
  }

  @Test
  void saysOnceThatTheDayHasCostEnough() {
    deploy(FIRST);
    device.bytesPerDay = 100_000;

    assertRefused(DeviceErrorCode.DAY_BYTES_SPENT, device::sync);
    assertRefused(DeviceErrorCode.DAY_BYTES_SPENT, device::sync);
    assertThat(service.events()).containsExactly("failed");

    device.now = TufPublisher.NOW.plus(Duration.ofDays(1));
    service.now = device.now;
    device.bytesPerDay = 200_000;
    assertThat(device.sync().kind()).isEqualTo(SyncResult.Kind.ACTIVATED);
  }

  @Test
  void fetchesAnAlteredBundleThreeTimesAndThenNeverAgain() {
    deploy(FIRST);
    byte[] altered = FIRST.clone();
    altered[100_000] ^= 1;
    service.bundle = Optional.of(altered);

    for (int attempt = 0; attempt < 3; attempt++) {
      assertRefused(DeviceErrorCode.BUNDLE_ALTERED, device::sync);
    }
    long objects = service.objectRequests();
    assertRefused(DeviceErrorCode.BUNDLE_REFUSED_BEFORE, device::sync);
    assertRefused(DeviceErrorCode.BUNDLE_REFUSED_BEFORE, device::sync);

    assertThat(service.objectRequests()).isEqualTo(objects);
    assertThat(device.activeName()).isEmpty();
  }

  @Test
  void keepsTheOldBundleWhenTheNewOneFailsItsSelfTest() {
    deploy(FIRST);
    device.sync();
    deploy(
        ToyBundle.running(
                "#!/bin/sh\necho '{\"ok\":false,\"maximumError\":3.5,\"latencyMicros\":1}'\nexit 1\n")
            .zip());

    assertRefused(DeviceErrorCode.SELF_TEST_FAILED, device::sync);

    assertThat(device.activeName()).contains("first");
    assertThat(service.events()).containsExactly("activated", "failed");
    assertThat(service.reports.get(1).require("code").text()).isEqualTo("EW-5306");
    assertThat(device.store.disk().list(folder.resolve("home/bundles"))).hasSize(1);
  }

  @Test
  void givesUpOnASelfTestThatNeverEnds() {
    device.selfTestTimeout = Duration.ofMillis(300);
    deploy(ToyBundle.running("#!/bin/sh\nexec sleep 60\n").zip());

    assertRefused(DeviceErrorCode.SELF_TEST_HUNG, device::sync);
  }

  @Test
  void refusesABundleForAnotherProcessorBeforeFetchingIt() {
    service.deploy(TestDevice.TARGET, FIRST, List.of("asimd", "asimddp"));

    assertRefused(DeviceErrorCode.FEATURE_MISSING, device::sync);
    assertThat(service.objectRequests()).isZero();
  }

  @Test
  void refusesABundleForAnotherProcessorEvenWhenTheMetadataDoesNotSaySo() {
    ToyBundle bundle = ToyBundle.named("first");
    bundle.features = List.of("avx512f");
    deploy(bundle.zip());

    assertRefused(DeviceErrorCode.FEATURE_MISSING, device::sync);
    assertThat(device.activeName()).isEmpty();
  }

  @Test
  void refusesABundleForAnotherTarget() {
    ToyBundle bundle = ToyBundle.named("first");
    bundle.manifest.put("target", Map.of("id", "other", "features", List.of()));
    deploy(bundle.zip());

    assertRefused(DeviceErrorCode.BUNDLE_MALFORMED, device::sync);
  }

  @Test
  void refusesToStartWithoutSpace() {
    service.publisher.deploy(
        TestDevice.TARGET, 1L << 31, "0".repeat(64), Map.of("target", TestDevice.TARGET));
    service.publisher.publish();
    TestDevice crowded = new TestDevice(folder.resolve("home"), new DiskWithRoomFor(1 << 30));

    assertRefused(DeviceErrorCode.SPACE_SHORT, crowded::sync);
    assertThat(service.objectRequests()).isZero();
  }

  @Test
  void refusesABundleThatIsOfferedButNotSigned() {
    service.offersUnsigned = true;

    assertRefused(DeviceErrorCode.TARGET_UNTRUSTED, device::sync);
  }

  @Test
  void doesNotLetItselfBeFrozenByNotModified() {
    service.publisher.role("timestamp").expires = TufPublisher.NOW.plus(Duration.ofDays(2));
    deploy(FIRST);
    device.sync();
    service.believesAnyEtag = true;
    assertThat(device.sync().kind()).isEqualTo(SyncResult.Kind.NOTHING_NEW);

    device.now = TufPublisher.NOW.plus(Duration.ofDays(3));
    service.now = device.now;

    assertRefused(DeviceErrorCode.METADATA_EXPIRED, device::sync);
    assertThat(device.activeName()).contains("first");
  }

  @Test
  void doesNotBelieveAClockThatWentBack() {
    service.publisher.role("timestamp").expires = TufPublisher.NOW.plus(Duration.ofDays(2));
    deploy(FIRST);
    device.now = TufPublisher.NOW.plus(Duration.ofDays(1));
    service.now = device.now;
    device.sync();
    service.publisher.role("timestamp").expires = TufPublisher.NOW.plusSeconds(60);
    service.publisher.bump("timestamp");

    device.now = Instant.EPOCH; // a board without a clock, after a power cut

    assertRefused(DeviceErrorCode.METADATA_EXPIRED, device::sync);
  }

  @Test
  void signsByTheServicesClockWhenItsOwnIsFarOff() {
    // The `Date` of an answer is the real one, so here the service's clock must be real too.
    service.now = Instant.now();
    service.publisher.expireAllAt(service.now.plus(Duration.ofDays(2000)));
    service.publisher.rotate("timestamp", SigningKey.generate());
    device.now = service.now.minus(Duration.ofDays(5));
    deploy(FIRST);

    assertThat(device.sync().kind()).isEqualTo(SyncResult.Kind.ACTIVATED);
  }

  @Test
  void isRefusedWithAReplacedKey() {
    device.store.saveKey(DeviceKey.generate());

    assertRefused(DeviceErrorCode.DEVICE_REFUSED, device::sync);
  }

  @Test
  void staysOnTheNewestMetadataWhenTheServiceGoesBack() {
    deploy(FIRST);
    service.publisher.publish().publish();
    device.sync();
    service.publisher.role("timestamp").version = 2;

    assertRefused(DeviceErrorCode.METADATA_ROLLBACK, device::sync);
  }

  @Test
  void followsNewKeys() {
    deploy(FIRST);
    device.sync();
    service.publisher.rotate("root", SigningKey.generate());
    service.publisher.rotate("timestamp", SigningKey.generate());
    deploy(SECOND);

    device.sync();

    assertThat(device.activeName()).contains("second");
  }

  @Test
  void keepsReportsUntilTheServiceTakesThem() {
    deploy(FIRST);
    device.store.addReport(Map.of("event", "rolled-back"));
    service.close();
    assertRefused(DeviceErrorCode.SERVICE_UNREACHABLE, device::sync);

    assertThat(device.store.reports()).hasSize(1);
  }

  @Test
  void goesBackToTheBundleBeforeWithoutFetchingItAgain() {
    deploy(FIRST);
    device.sync();
    deploy(SECOND);
    device.sync();
    long objects = service.objectRequests();
    deploy(FIRST);

    device.sync();

    assertThat(device.activeName()).contains("first");
    assertThat(device.store.slots().lastGood()).isEmpty(); // the second never gave a result
    assertThat(service.objectRequests()).isEqualTo(objects);
  }

  @Test
  void fetchesTheBundleBeforeAgainWhenItWasDamaged() throws IOException {
    deploy(FIRST);
    device.sync();
    deploy(SECOND);
    device.sync();
    Path first = device.store.home().bundle(SigningKey.sha256(FIRST));
    Files.write(first.resolve("weights.bin"), new byte[1]);
    deploy(FIRST);

    assertThat(device.sync().kind()).isEqualTo(SyncResult.Kind.ACTIVATED);
    assertThat(device.activeName()).contains("first");
  }

  @Test
  void refusesSomethingThatIsNotAnAnswer() {
    service.faults.add(200);

    assertRefused(DeviceErrorCode.ANSWER_MALFORMED, device::sync);
  }

  @Test
  void followsNoRedirect() {
    deploy(FIRST);
    service.objectFaults.add(302);

    assertRefused(DeviceErrorCode.DOWNLOAD_CONTRADICTORY, device::sync);
  }

  @Test
  void installsAgainWhatWasDamagedOnTheDisk() throws IOException {
    deploy(FIRST);
    device.sync();
    Files.writeString(folder.resolve("home/slots.json"), "rust");

    assertThat(device.sync().kind()).isEqualTo(SyncResult.Kind.ACTIVATED);
    assertThat(device.activeName()).contains("first");
  }

  private void deploy(byte[] bundle) {
    service.deploy(TestDevice.TARGET, bundle, List.of("asimd"));
  }
}
