package io.edgewright.device.trust;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static io.edgewright.device.testing.TufPublisher.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.TufPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test is one attack, or one thing that an honest service may do. */
class TrustedMetadataTest {
  private static final byte[] BUNDLE = "bundle".getBytes(StandardCharsets.UTF_8);

  private final TufPublisher service = new TufPublisher("lobby");
  private final TrustingDevice device = new TrustingDevice(service);
  private final String path = service.path("raspberry-pi-3");

  @BeforeEach
  void deploy() {
    service.deploy("raspberry-pi-3", BUNDLE, List.of("asimd"));
  }

  @Test
  void believesAnHonestService() {
    TargetFile found = device.everything(device.fresh()).find(path).orElseThrow();

    assertThat(found.length()).isEqualTo(BUNDLE.length);
    assertThat(found.sha256()).isEqualTo(SigningKey.sha256(BUNDLE));
    assertThat(found.target()).contains("raspberry-pi-3");
    assertThat(found.features()).contains(List.of("asimd"));
  }

  @Test
  void findsNothingWhereNothingIsDeployed() {
    assertThat(device.everything(device.fresh()).find(service.path("raspberry-pi-5"))).isEmpty();
  }

  @Test
  void ignoresFieldsAndKeyTypesThatItDoesNotKnow() {
    Map<String, Object> body = service.body("timestamp", "timestamp");
    body.put("meta", Map.of("snapshot.json", Map.of("version", 1L, "x-note", "new")));
    body.put("x-issued", "yesterday");
    TrustedMetadata trusted = device.fresh();
    trusted.updateTimestamp(service.sign("timestamp", body));

    trusted.updateSnapshot(service.snapshot());

    assertThat(trusted.lists("targets")).isTrue();
  }

  @Test
  void refusesAnOlderTimestamp() {
    service.publish().publish();
    TrustedMetadata trusted = device.remembering(service.timestamp(), service.snapshot());
    service.role("timestamp").version = 2L;

    assertRefused(
        DeviceErrorCode.METADATA_ROLLBACK, () -> trusted.updateTimestamp(service.timestamp()));
  }

  @Test
  void refusesATimestampThatNamesAnOlderSnapshot() {
    service.publish().publish();
    TrustedMetadata trusted = device.remembering(service.timestamp(), service.snapshot());
    service.role("snapshot").version = 2L;
    service.bump("timestamp");

    assertRefused(
        DeviceErrorCode.METADATA_ROLLBACK, () -> trusted.updateTimestamp(service.timestamp()));
  }

  @Test
  void keepsTheTimestampThatItHasWhenTheVersionIsTheSame() {
    service.publish();
    byte[] kept = service.timestamp();
    TrustedMetadata trusted = device.remembering(kept, service.snapshot());
    service.bump("snapshot");

    trusted.updateTimestamp(service.timestamp());

    assertThat(trusted.files().get("timestamp")).isEqualTo(kept);
  }

  @Test
  void refusesASnapshotInWhichAFileWentBack() {
    service.publish().publish();
    TrustedMetadata trusted = device.remembering(service.timestamp(), service.snapshot());
    service.publish();
    service.role(service.groupRole()).version = 1L;
    trusted.updateTimestamp(service.timestamp());

    assertRefused(
        DeviceErrorCode.METADATA_ROLLBACK, () -> trusted.updateSnapshot(service.snapshot()));
  }

  @Test
  void refusesASnapshotThatLostAFile() {
    TrustedMetadata trusted = device.remembering(service.timestamp(), service.snapshot());
    service.publish();
    trusted.updateTimestamp(service.timestamp());
    Map<String, Object> body = service.body("snapshot", "snapshot");
    body.put("meta", Map.of("targets.json", Map.of("version", 2L)));

    assertRefused(
        DeviceErrorCode.METADATA_ROLLBACK,
        () -> trusted.updateSnapshot(service.sign("snapshot", body)));
  }

  @Test
  void refusesAMixOfAnOldSnapshotAndANewTimestamp() {
    byte[] old = service.snapshot();
    service.publish();
    TrustedMetadata trusted = device.fresh();
    trusted.updateTimestamp(service.timestamp());

    assertRefused(DeviceErrorCode.METADATA_MISMATCH, () -> trusted.updateSnapshot(old));
  }

  @Test
  void refusesAMixOfOldTargetsAndANewSnapshot() {
    byte[] old = service.targets();
    service.publish();
    TrustedMetadata trusted = device.upToSnapshot(device.fresh());

    assertRefused(DeviceErrorCode.METADATA_MISMATCH, () -> trusted.updateTargets(old));
  }

  @Test
  void refusesAMixOfAnOldGroupAndNewTargets() {
    byte[] old = service.delegated();
    service.publish();
    TrustedMetadata trusted = device.upToSnapshot(device.fresh());
    trusted.updateTargets(service.targets());

    assertRefused(
        DeviceErrorCode.METADATA_MISMATCH, () -> trusted.updateDelegated(service.groupRole(), old));
  }

  @Test
  void refusesBytesThatAreNotTheOnesNamedByLengthAndHash() {
    service.withHashes = true;
    byte[] timestamp = service.timestamp();
    TrustedMetadata trusted = device.fresh();
    trusted.updateTimestamp(timestamp);

    // Validly signed, same version, but not the file that the timestamp speaks of.
    assertRefused(
        DeviceErrorCode.METADATA_MISMATCH, () -> trusted.updateSnapshot(service.snapshot()));
  }

  @Test
  void refusesAFrozenTimestamp() {
    service.role("timestamp").expires = NOW;

    assertRefused(
        DeviceErrorCode.METADATA_EXPIRED,
        () -> device.fresh().updateTimestamp(service.timestamp()));
  }

  @Test
  void refusesEveryOtherFileAfterItsExpiry() {
    for (String role : List.of("root", "snapshot", "targets", service.groupRole())) {
      Instant usual = service.role(role).expires;
      service.role(role).expires = NOW.minusSeconds(1);
      TrustedMetadata trusted = device.startingAt(service.root());

      assertRefused(DeviceErrorCode.METADATA_EXPIRED, () -> device.everything(trusted));
      service.role(role).expires = usual;
    }
  }

  @Test
  void refusesAKnownTimestampOnceItHasExpired() {
    service.role("timestamp").expires = NOW.minusSeconds(1);
    byte[] kept = service.timestamp();
    TrustedMetadata trusted = device.remembering(kept, service.snapshot());

    assertRefused(DeviceErrorCode.METADATA_EXPIRED, () -> trusted.updateTimestamp(kept));
  }

  @Test
  void usesAnExpiredTimestampToSeeThatVersionsDoNotGoBack() {
    service.role("timestamp").version = 5L;
    service.role("timestamp").expires = NOW.minus(Duration.ofDays(9));
    TrustedMetadata trusted = device.remembering(service.timestamp(), service.snapshot());
    service.role("timestamp").version = 4L;
    service.role("timestamp").expires = NOW.plus(Duration.ofDays(9));

    assertRefused(
        DeviceErrorCode.METADATA_ROLLBACK, () -> trusted.updateTimestamp(service.timestamp()));
  }

  @Test
  void refusesEndlessData() {
    byte[] endless = new byte[17 << 10];

    assertRefused(
        DeviceErrorCode.METADATA_TOO_LARGE, () -> device.fresh().updateTimestamp(endless));
  }

  @Test
  void refusesARoleThatNobodyDelegatedTo() {
    TrustedMetadata trusted = device.upToSnapshot(device.fresh());
    trusted.updateTargets(service.targets());

    assertRefused(
        DeviceErrorCode.METADATA_MISMATCH,
        () -> trusted.updateDelegated("group/cellar", service.delegated()));
  }

  @Test
  void refusesAGroupThatSpeaksOfAnotherGroupsBundles() {
    service.groupTargets.put(
        "groups/cellar/raspberry-pi-3/bundle.zip",
        Map.of("length", 1L, "hashes", Map.of("sha256", "0".repeat(64))));
    TrustedMetadata trusted = device.everything(device.fresh());

    assertRefused(
        DeviceErrorCode.TARGET_UNTRUSTED,
        () -> trusted.find("groups/cellar/raspberry-pi-3/bundle.zip"));
  }

  @Test
  void letsNoStarReachAcrossASlash() {
    service.delegatedPaths = "groups/*/bundle.zip";

    assertRefused(
        DeviceErrorCode.TARGET_UNTRUSTED, () -> device.everything(device.fresh()).find(path));
  }

  @Test
  void refusesAFileOfAnotherType() {
    service.role("snapshot").version = 1L;

    assertRefused(
        DeviceErrorCode.METADATA_MALFORMED,
        () -> device.fresh().updateTimestamp(service.snapshot()));
  }

  @Test
  void refusesFieldsOfTheWrongShape() {
    for (Object version : List.of(0L, -1L, "1", 1.5, true)) {
      Map<String, Object> body = service.body("timestamp", "timestamp");
      body.put("meta", Map.of("snapshot.json", Map.of("version", 1L)));
      String text =
          new String(service.sign("timestamp", body), StandardCharsets.UTF_8)
              .replaceFirst(
                  "(\"expires\":\"[^\"]*\".*)?\"version\":1", "\"version\":" + quoted(version));

      assertRefused(
          DeviceErrorCode.METADATA_MALFORMED,
          () -> device.fresh().updateTimestamp(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void believesNothingLongerThanItsShortestLivedFile() {
    service.role("targets").expires = NOW.plusSeconds(60);

    assertThat(device.everything(device.fresh()).freshUntil()).isEqualTo(NOW.plusSeconds(60));
  }

  private static String quoted(Object value) {
    return value instanceof String ? "\"" + value + "\"" : value.toString();
  }
}
