package io.edgewright.device.trust;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static io.edgewright.device.testing.TufPublisher.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.TufPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test is one attack, or one thing that an honest service may do. */
class TrustedMetadataTest {
  private static final byte[] BUNDLE = "bundle".getBytes(StandardCharsets.UTF_8);

  private final TufPublisher service = new TufPublisher("lobby");
  private final String path = service.path("raspberry-pi-3");

  @BeforeEach
  void deploy() {
    service.deploy("raspberry-pi-3", BUNDLE, List.of("asimd"));
  }

  @Test
  void believesAnHonestService() {
    TargetFile found = everything(fresh()).find(path).orElseThrow();

    assertThat(found.length()).isEqualTo(BUNDLE.length);
    assertThat(found.sha256()).isEqualTo(SigningKey.sha256(BUNDLE));
    assertThat(found.target()).contains("raspberry-pi-3");
    assertThat(found.features()).contains(List.of("asimd"));
  }

  @Test
  void findsNothingWhereNothingIsDeployed() {
    assertThat(everything(fresh()).find(service.path("raspberry-pi-5"))).isEmpty();
  }

  @Test
  void followsAChainOfRoots() {
    TrustedMetadata trusted = fresh();
    trusted.updateRoot(service.rotate("root", SigningKey.generate()));
    trusted.updateRoot(service.rotate("timestamp", SigningKey.generate()));

    assertThat(trusted.rootVersion()).isEqualTo(3);
    assertThat(everything(trusted).find(path)).isPresent();
  }

  @Test
  void followsANewKeyOfEveryRoleAndForgetsTheOld() {
    Map<String, List<SigningKey>> oldKeys = new HashMap<>();
    TrustedMetadata trusted = fresh();
    for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
      oldKeys.put(role, service.role(role).keys);
      trusted.updateRoot(service.rotate(role, SigningKey.generate()));
    }
    assertThat(everything(trusted).find(path)).isPresent();

    byte[] newest = service.root();
    for (String role : List.of("timestamp", "snapshot", "targets")) {
      TrustedMetadata again = startingAt(newest);
      List<SigningKey> present = service.role(role).keys;
      service.role(role).keys = oldKeys.getOrDefault(role, List.of());
      assertRefused(DeviceErrorCode.METADATA_UNSIGNED, () -> everything(again));
      service.role(role).keys = present;
    }
  }

  @Test
  void ignoresFieldsAndKeyTypesThatItDoesNotKnow() {
    Map<String, Object> body = service.body("timestamp", "timestamp");
    body.put("meta", Map.of("snapshot.json", Map.of("version", 1L, "x-note", "new")));
    body.put("x-issued", "yesterday");
    TrustedMetadata trusted = fresh();
    trusted.updateTimestamp(service.sign("timestamp", body));

    trusted.updateSnapshot(service.snapshot());

    assertThat(trusted.lists("targets")).isTrue();
  }

  @Test
  void refusesAnUnsignedFirstRoot() {
    byte[] forged = TufPublisher.envelope(service.body("root", "root"), List.of());

    assertRefused(DeviceErrorCode.METADATA_MALFORMED, () -> startingAt(forged));
    service.role("root").keys.clear();
    assertRefused(DeviceErrorCode.METADATA_UNSIGNED, () -> startingAt(service.root()));
  }

  @Test
  void refusesARootThatSkipsAVersion() {
    service.bump("root");
    byte[] third = service.rotate("root", SigningKey.generate());

    assertRefused(DeviceErrorCode.METADATA_ROLLBACK, () -> fresh().updateRoot(third));
  }

  @Test
  void refusesAnOldRoot() {
    TrustedMetadata trusted = fresh();
    trusted.updateRoot(service.rotate("timestamp", SigningKey.generate()));

    assertRefused(
        DeviceErrorCode.METADATA_ROLLBACK, () -> trusted.updateRoot(service.roots.get(1)));
  }

  @Test
  void refusesARootThatTheOldKeysDidNotSign() {
    service.role("root").keys = List.of(SigningKey.generate());
    service.bump("root");

    assertRefused(DeviceErrorCode.METADATA_UNSIGNED, () -> fresh().updateRoot(service.root()));
  }

  @Test
  void refusesARootThatItsOwnKeysDidNotSign() {
    List<SigningKey> old = service.role("root").keys;
    service.role("root").keys = List.of(SigningKey.generate());
    service.bump("root");
    byte[] signedByOldOnly = TufPublisher.envelope(rootBodyOf(service), old);

    assertRefused(DeviceErrorCode.METADATA_UNSIGNED, () -> fresh().updateRoot(signedByOldOnly));
  }

  @Test
  void refusesMetadataSignedByASwappedKey() {
    service.role("timestamp").keys = List.of(SigningKey.generate());

    assertRefused(
        DeviceErrorCode.METADATA_UNSIGNED, () -> fresh().updateTimestamp(service.timestamp()));
  }

  @Test
  void refusesTheKeyOfAnotherRole() {
    service.role("timestamp").keys = service.role("snapshot").keys;

    assertRefused(
        DeviceErrorCode.METADATA_UNSIGNED, () -> fresh().updateTimestamp(service.timestamp()));
  }

  @Test
  void refusesFewerSignaturesThanTheThreshold() {
    service.role("snapshot").threshold = 2;
    byte[] root = service.rotate("snapshot", SigningKey.generate(), SigningKey.generate());
    TrustedMetadata trusted = startingAt(root);
    trusted.updateTimestamp(service.timestamp());
    service.role("snapshot").keys.remove(1);

    assertRefused(
        DeviceErrorCode.METADATA_UNSIGNED, () -> trusted.updateSnapshot(service.snapshot()));
  }

  @Test
  void countsOneSignatureTwiceAsOne() {
    service.role("timestamp").threshold = 2;
    SigningKey first = SigningKey.generate();
    TrustedMetadata trusted = startingAt(service.rotate("timestamp", first, SigningKey.generate()));
    service.role("timestamp").keys = List.of(first, first);

    assertRefused(
        DeviceErrorCode.METADATA_UNSIGNED, () -> trusted.updateTimestamp(service.timestamp()));
  }

  @Test
  void countsOneKeyUnderTwoNamesAsOne() {
    service.role("timestamp").threshold = 2;
    SigningKey key = SigningKey.generate();
    TrustedMetadata trusted = startingAt(service.rotate("timestamp", key, key.named("another")));

    assertRefused(
        DeviceErrorCode.METADATA_UNSIGNED, () -> trusted.updateTimestamp(service.timestamp()));
  }

  @Test
  void refusesASingleFlippedBitAnywhereInWhatIsSigned() {
    String timestamp = new String(service.timestamp(), StandardCharsets.UTF_8);
    byte[] later =
        timestamp.replace("\"version\":1", "\"version\":9").getBytes(StandardCharsets.UTF_8);

    assertRefused(DeviceErrorCode.METADATA_UNSIGNED, () -> fresh().updateTimestamp(later));
  }

  @Test
  void refusesAnOlderTimestamp() {
    service.publish().publish();
    TrustedMetadata trusted = remembering(service.timestamp(), service.snapshot());
    service.role("timestamp").version = 2L;

    assertRefused(
        DeviceErrorCode.METADATA_ROLLBACK, () -> trusted.updateTimestamp(service.timestamp()));
  }

  @Test
  void refusesATimestampThatNamesAnOlderSnapshot() {
    service.publish().publish();
    TrustedMetadata trusted = remembering(service.timestamp(), service.snapshot());
    service.role("snapshot").version = 2L;
    service.bump("timestamp");

    assertRefused(
        DeviceErrorCode.METADATA_ROLLBACK, () -> trusted.updateTimestamp(service.timestamp()));
  }

  @Test
  void keepsTheTimestampThatItHasWhenTheVersionIsTheSame() {
    service.publish();
    byte[] kept = service.timestamp();
    TrustedMetadata trusted = remembering(kept, service.snapshot());
    service.bump("snapshot");

    trusted.updateTimestamp(service.timestamp());

    assertThat(trusted.files().get("timestamp")).isEqualTo(kept);
  }

  @Test
  void refusesASnapshotInWhichAFileWentBack() {
    service.publish().publish();
    TrustedMetadata trusted = remembering(service.timestamp(), service.snapshot());
    service.publish();
    service.role(service.groupRole()).version = 1L;
    trusted.updateTimestamp(service.timestamp());

    assertRefused(
        DeviceErrorCode.METADATA_ROLLBACK, () -> trusted.updateSnapshot(service.snapshot()));
  }

  @Test
  void refusesASnapshotThatLostAFile() {
    TrustedMetadata trusted = remembering(service.timestamp(), service.snapshot());
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
    TrustedMetadata trusted = fresh();
    trusted.updateTimestamp(service.timestamp());

    assertRefused(DeviceErrorCode.METADATA_MISMATCH, () -> trusted.updateSnapshot(old));
  }

  @Test
  void refusesAMixOfOldTargetsAndANewSnapshot() {
    byte[] old = service.targets();
    service.publish();
    TrustedMetadata trusted = upToSnapshot(fresh());

    assertRefused(DeviceErrorCode.METADATA_MISMATCH, () -> trusted.updateTargets(old));
  }

  @Test
  void refusesAMixOfAnOldGroupAndNewTargets() {
    byte[] old = service.delegated();
    service.publish();
    TrustedMetadata trusted = upToSnapshot(fresh());
    trusted.updateTargets(service.targets());

    assertRefused(
        DeviceErrorCode.METADATA_MISMATCH, () -> trusted.updateDelegated(service.groupRole(), old));
  }

  @Test
  void refusesBytesThatAreNotTheOnesNamedByLengthAndHash() {
    service.withHashes = true;
    byte[] timestamp = service.timestamp();
    TrustedMetadata trusted = fresh();
    trusted.updateTimestamp(timestamp);

    // Validly signed, same version, but not the file that the timestamp speaks of.
    assertRefused(
        DeviceErrorCode.METADATA_MISMATCH, () -> trusted.updateSnapshot(service.snapshot()));
  }

  @Test
  void refusesAFrozenTimestamp() {
    service.role("timestamp").expires = NOW;

    assertRefused(
        DeviceErrorCode.METADATA_EXPIRED, () -> fresh().updateTimestamp(service.timestamp()));
  }

  @Test
  void refusesEveryOtherFileAfterItsExpiry() {
    for (String role : List.of("root", "snapshot", "targets", service.groupRole())) {
      Instant usual = service.role(role).expires;
      service.role(role).expires = NOW.minusSeconds(1);
      TrustedMetadata trusted = startingAt(service.root());

      assertRefused(DeviceErrorCode.METADATA_EXPIRED, () -> everything(trusted));
      service.role(role).expires = usual;
    }
  }

  @Test
  void refusesAKnownTimestampOnceItHasExpired() {
    service.role("timestamp").expires = NOW.minusSeconds(1);
    byte[] kept = service.timestamp();
    TrustedMetadata trusted = remembering(kept, service.snapshot());

    assertRefused(DeviceErrorCode.METADATA_EXPIRED, () -> trusted.updateTimestamp(kept));
  }

  @Test
  void usesAnExpiredTimestampToSeeThatVersionsDoNotGoBack() {
    service.role("timestamp").version = 5L;
    service.role("timestamp").expires = NOW.minus(Duration.ofDays(9));
    TrustedMetadata trusted = remembering(service.timestamp(), service.snapshot());
    service.role("timestamp").version = 4L;
    service.role("timestamp").expires = NOW.plus(Duration.ofDays(9));

    assertRefused(
        DeviceErrorCode.METADATA_ROLLBACK, () -> trusted.updateTimestamp(service.timestamp()));
  }

  @Test
  void recoversFromAThiefWhoPublishedAHugeVersion() {
    service.role("timestamp").version = 9_000_000L;
    service.role("snapshot").version = 9_000_000L;
    byte[] thiefsTimestamp = service.timestamp();
    byte[] thiefsSnapshot = service.snapshot();
    byte[] second = service.rotate("timestamp", SigningKey.generate());
    byte[] third = service.rotate("snapshot", SigningKey.generate());
    service.role("timestamp").version = 2L;
    service.role("snapshot").version = 2L;
    TrustedMetadata trusted = fresh();
    trusted.updateRoot(second);
    trusted.updateRoot(third);
    trusted.recall(Optional.of(thiefsTimestamp), Optional.of(thiefsSnapshot));

    assertThat(everything(trusted).find(path)).isPresent();
  }

  @Test
  void keepsANewRootEvenWhenEverythingUnderItIsBroken() {
    TrustedMetadata trusted = fresh();
    byte[] second = service.rotate("timestamp", SigningKey.generate());
    trusted.updateRoot(second);

    assertRefused(
        DeviceErrorCode.METADATA_MALFORMED, () -> trusted.updateTimestamp(new byte[] {'{'}));
    assertThat(trusted.files()).containsOnlyKeys("root").containsEntry("root", second);
  }

  @Test
  void refusesEndlessData() {
    byte[] endless = new byte[17 << 10];

    assertRefused(DeviceErrorCode.METADATA_TOO_LARGE, () -> fresh().updateTimestamp(endless));
  }

  @Test
  void refusesARoleThatNobodyDelegatedTo() {
    TrustedMetadata trusted = upToSnapshot(fresh());
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
    TrustedMetadata trusted = everything(fresh());

    assertRefused(
        DeviceErrorCode.TARGET_UNTRUSTED,
        () -> trusted.find("groups/cellar/raspberry-pi-3/bundle.zip"));
  }

  @Test
  void letsNoStarReachAcrossASlash() {
    service.delegatedPaths = "groups/*/bundle.zip";

    assertRefused(DeviceErrorCode.TARGET_UNTRUSTED, () -> everything(fresh()).find(path));
  }

  @Test
  void refusesAFileOfAnotherType() {
    service.role("snapshot").version = 1L;

    assertRefused(
        DeviceErrorCode.METADATA_MALFORMED, () -> fresh().updateTimestamp(service.snapshot()));
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
          () -> fresh().updateTimestamp(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void believesNothingLongerThanItsShortestLivedFile() {
    service.role("targets").expires = NOW.plusSeconds(60);

    assertThat(everything(fresh()).freshUntil()).isEqualTo(NOW.plusSeconds(60));
  }

  private static String quoted(Object value) {
    return value instanceof String ? "\"" + value + "\"" : value.toString();
  }

  private static Map<String, Object> rootBodyOf(TufPublisher service) {
    return castToObject(JsonText.parse(service.root(), "root").require("signed").value());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> castToObject(Object value) {
    return (Map<String, Object>) value;
  }

  private TrustedMetadata fresh() {
    return startingAt(service.roots.get(0));
  }

  private static TrustedMetadata startingAt(byte[] root) {
    return TrustedMetadata.startingAt(root, NOW);
  }

  private TrustedMetadata remembering(byte[] timestamp, byte[] snapshot) {
    TrustedMetadata trusted = fresh();
    trusted.recall(Optional.of(timestamp), Optional.of(snapshot));
    return trusted;
  }

  private TrustedMetadata upToSnapshot(TrustedMetadata trusted) {
    trusted.updateTimestamp(service.timestamp());
    trusted.updateSnapshot(service.snapshot());
    return trusted;
  }

  private TrustedMetadata everything(TrustedMetadata trusted) {
    upToSnapshot(trusted);
    trusted.updateTargets(service.targets());
    trusted.updateDelegated(service.groupRole(), service.delegated());
    return trusted;
  }
}
