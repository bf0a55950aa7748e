package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.store.Claim;
import io.edgewright.functions.core.store.Device;
import java.time.Duration;

/// Devices and claims as items.
final class DeviceItems {
  static final String ALL = "device";

  /// How long it is still told of a claim that it was used or is too old.
  private static final Duration CLAIM_REMEMBERED = Duration.ofDays(30);

  private DeviceItems() {}

  static Item key(String id) {
    return Item.of("id", id);
  }

  static Item claim(Claim claim) {
    return key(claim.token().hex())
        .with("group", claim.group())
        .with("expiresAt", claim.expiresAt())
        .expiring(claim.expiresAt().plus(CLAIM_REMEMBERED));
  }

  static Item item(Device device) {
    return key(device.id())
        .with("list", ALL)
        .with("age", Ages.oldestFirst(device.enrolledAt(), device.id()))
        .with("keyId", device.key().id())
        .with("jwk", device.key().jwk())
        .with("group", device.group())
        .with("target", device.target())
        .with("features", Item.texts(device.features()))
        .with("name", device.name())
        .with("enrolledAt", device.enrolledAt());
  }

  /// What changes about a device that enrols again.
  static Term changing(Device device) {
    return Term.of(
            "SET #age = :age, #group = :group, #target = :target, #features = :features,"
                + " #name = :name, #enrolledAt = :enrolledAt")
        .with("age", Ages.oldestFirst(device.enrolledAt(), device.id()))
        .with("group", device.group())
        .with("target", device.target())
        .with("features", Item.texts(device.features()))
        .with("name", device.name())
        .with("enrolledAt", device.enrolledAt());
  }

  /// It signs with this key and was not shut out.
  static Term signingWith(String keyId) {
    return Term.of("#keyId = :keyId AND attribute_not_exists(#revokedAt)").with("keyId", keyId);
  }

  static Device device(Item item) {
    return new Device(
        item.textOf("id"),
        new Device.Key(item.textOf("keyId"), item.textOf("jwk")),
        item.textOf("group"),
        item.textOf("target"),
        item.textsOf("features"),
        item.textOf("name"),
        item.instantOf("enrolledAt"),
        item.maybeInstant("revokedAt"));
  }
}
