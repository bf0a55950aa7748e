package io.edgewright.device.trust;

import io.edgewright.device.json.JsonValue;

/** The keys of the four top-level roles. */
record RootMetadata(
    Envelope envelope, RoleKeys root, RoleKeys timestamp, RoleKeys snapshot, RoleKeys targets) {

  static RootMetadata read(byte[] raw) {
    Envelope envelope = Envelope.read(raw, "root", "root");
    return envelope.content(signed -> {
      JsonValue keys = signed.require("keys");
      JsonValue roles = signed.require("roles");
      return new RootMetadata(
          envelope,
          RoleKeys.read(roles.require("root"), keys),
          RoleKeys.read(roles.require("timestamp"), keys),
          RoleKeys.read(roles.require("snapshot"), keys),
          RoleKeys.read(roles.require("targets"), keys));
    });
  }

  long version() {
    return envelope.version();
  }
}
