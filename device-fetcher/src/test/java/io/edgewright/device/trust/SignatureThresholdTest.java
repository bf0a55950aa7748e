package io.edgewright.device.trust;

import static io.edgewright.device.testing.Refusals.assertRefused;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.TufPublisher;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose signatures count, and how often. */
class SignatureThresholdTest {
  private final TufPublisher service = new TufPublisher("lobby");
  private final TrustingDevice device = new TrustingDevice(service);

  @BeforeEach
  void deploy() {
    service.deploy("raspberry-pi-3", new byte[] {1}, List.of("asimd"));
  }

  @Test
  void refusesMetadataSignedByASwappedKey() {
    service.role("timestamp").keys = List.of(SigningKey.generate());

    assertRefused(
        DeviceErrorCode.METADATA_UNSIGNED,
        () -> device.fresh().updateTimestamp(service.timestamp()));
  }

  @Test
  void refusesTheKeyOfAnotherRole() {
    service.role("timestamp").keys = service.role("snapshot").keys;

    assertRefused(
        DeviceErrorCode.METADATA_UNSIGNED,
        () -> device.fresh().updateTimestamp(service.timestamp()));
  }

  @Test
  void refusesFewerSignaturesThanTheThreshold() {
    service.role("snapshot").threshold = 2;
    byte[] root = service.rotate("snapshot", SigningKey.generate(), SigningKey.generate());
    TrustedMetadata trusted = device.startingAt(root);
    trusted.updateTimestamp(service.timestamp());
    service.role("snapshot").keys.remove(1);

    assertRefused(
        DeviceErrorCode.METADATA_UNSIGNED, () -> trusted.updateSnapshot(service.snapshot()));
  }

  @Test
  void countsOneSignatureTwiceAsOne() {
    service.role("timestamp").threshold = 2;
    SigningKey first = SigningKey.generate();
    TrustedMetadata trusted =
        device.startingAt(service.rotate("timestamp", first, SigningKey.generate()));
    service.role("timestamp").keys = List.of(first, first);

    assertRefused(
        DeviceErrorCode.METADATA_UNSIGNED, () -> trusted.updateTimestamp(service.timestamp()));
  }

  @Test
  void countsOneKeyUnderTwoNamesAsOne() {
    service.role("timestamp").threshold = 2;
    SigningKey key = SigningKey.generate();
    TrustedMetadata trusted =
        device.startingAt(service.rotate("timestamp", key, key.named("another")));

    assertRefused(
        DeviceErrorCode.METADATA_UNSIGNED, () -> trusted.updateTimestamp(service.timestamp()));
  }

  @Test
  void refusesASingleFlippedBitAnywhereInWhatIsSigned() {
    String timestamp = new String(service.timestamp(), StandardCharsets.UTF_8);
    byte[] later =
        timestamp.replace("\"version\":1", "\"version\":9").getBytes(StandardCharsets.UTF_8);

    assertRefused(DeviceErrorCode.METADATA_UNSIGNED, () -> device.fresh().updateTimestamp(later));
  }
}
