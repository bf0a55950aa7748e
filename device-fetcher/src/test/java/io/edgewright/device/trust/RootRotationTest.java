package io.edgewright.device.trust;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.TufPublisher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a device makes of new roots: changed keys, and attacks by whoever has some of them. */
class RootRotationTest {
  private final TufPublisher service = new TufPublisher("lobby");
  private final TrustingDevice device = new TrustingDevice(service);
  private final String path = service.path("raspberry-pi-3");

  @BeforeEach
  void deploy() {
    service.deploy("raspberry-pi-3", new byte[] {1}, List.of("asimd"));
  }

  @Test
  void followsAChainOfRoots() {
    TrustedMetadata trusted = device.fresh();
    trusted.updateRoot(service.rotate("root", SigningKey.generate()));
    trusted.updateRoot(service.rotate("timestamp", SigningKey.generate()));

    assertThat(trusted.rootVersion()).isEqualTo(3);
    assertThat(device.everything(trusted).find(path)).isPresent();
  }

  @Test
  void followsANewKeyOfEveryRoleAndForgetsTheOld() {
    Map<String, List<SigningKey>> oldKeys = new HashMap<>();
    TrustedMetadata trusted = device.fresh();
    for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
      oldKeys.put(role, service.role(role).keys);
      trusted.updateRoot(service.rotate(role, SigningKey.generate()));
    }
    assertThat(device.everything(trusted).find(path)).isPresent();

    byte[] newest = service.root();
    for (String role : List.of("timestamp", "snapshot", "targets")) {
      TrustedMetadata again = device.startingAt(newest);
      List<SigningKey> present = service.role(role).keys;
      service.role(role).keys = oldKeys.getOrDefault(role, List.of());
      assertRefused(DeviceErrorCode.METADATA_UNSIGNED, () -> device.everything(again));
      service.role(role).keys = present;
    }
  }

  @Test
  void refusesAnUnsignedFirstRoot() {
    byte[] forged = TufPublisher.envelope(service.body("root", "root"), List.of());

    assertRefused(DeviceErrorCode.METADATA_MALFORMED, () -> device.startingAt(forged));
    service.role("root").keys.clear();
    assertRefused(DeviceErrorCode.METADATA_UNSIGNED, () -> device.startingAt(service.root()));
  }

  @Test
  void refusesARootThatSkipsAVersion() {
    service.bump("root");
    byte[] third = service.rotate("root", SigningKey.generate());

    assertRefused(DeviceErrorCode.METADATA_ROLLBACK, () -> device.fresh().updateRoot(third));
  }

  @Test
  void refusesAnOldRoot() {
    TrustedMetadata trusted = device.fresh();
    trusted.updateRoot(service.rotate("timestamp", SigningKey.generate()));

    assertRefused(
        DeviceErrorCode.METADATA_ROLLBACK, () -> trusted.updateRoot(service.roots.get(1)));
  }

  @Test
  void refusesARootThatTheOldKeysDidNotSign() {
    service.role("root").keys = List.of(SigningKey.generate());
    service.bump("root");

    assertRefused(
        DeviceErrorCode.METADATA_UNSIGNED, () -> device.fresh().updateRoot(service.root()));
  }

  @Test
  void refusesARootThatItsOwnKeysDidNotSign() {
    List<SigningKey> old = service.role("root").keys;
    service.role("root").keys = List.of(SigningKey.generate());
    service.bump("root");
    byte[] signedByOldOnly = TufPublisher.envelope(rootBodyOf(service), old);

    assertRefused(
        DeviceErrorCode.METADATA_UNSIGNED, () -> device.fresh().updateRoot(signedByOldOnly));
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
    TrustedMetadata trusted = device.fresh();
    trusted.updateRoot(second);
    trusted.updateRoot(third);
    trusted.recall(Optional.of(thiefsTimestamp), Optional.of(thiefsSnapshot));

    assertThat(device.everything(trusted).find(path)).isPresent();
  }

  @Test
  void keepsANewRootEvenWhenEverythingUnderItIsBroken() {
    TrustedMetadata trusted = device.fresh();
    byte[] second = service.rotate("timestamp", SigningKey.generate());
    trusted.updateRoot(second);

    assertRefused(
        DeviceErrorCode.METADATA_MALFORMED, () -> trusted.updateTimestamp(new byte[] {'{'}));
    assertThat(trusted.files()).containsOnlyKeys("root").containsEntry("root", second);
  }

  private static Map<String, Object> rootBodyOf(TufPublisher service) {
    return castToObject(JsonText.parse(service.root(), "root").require("signed").value());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> castToObject(Object value) {
    return (Map<String, Object>) value;
  }
}
