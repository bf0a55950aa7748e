package io.edgewright.device.trust;

import io.edgewright.device.json.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** What one metadata file says of another: its version, and where stated its length and SHA-256. */
record FileReference(long version, Optional<Long> length, Optional<String> sha256) {

  static FileReference read(JsonValue reference) {
    return new FileReference(
        reference.require("version").integer(1, Long.MAX_VALUE),
        reference.find("length").map(length -> length.integer(1, 1 << 20)),
        reference.find("hashes").map(hashes -> hashes.require("sha256").sha256()));
  }

  /** Refuses bytes that are not the referenced file; asked before they are parsed. */
  void checkBytes(byte[] raw, String role) {
    if (length.isPresent() && length.get() != raw.length) {
      throw Refusal.mismatch(role, raw.length + " bytes", length.get() + " bytes, as signed");
    }
    if (sha256.isPresent() && !sha256.get().equals(sha256(raw))) {
      throw Refusal.mismatch(role, "sha256 " + sha256(raw), "sha256 " + sha256.get());
    }
  }

  /** Refuses a file of another version than the one that was put together with its companions. */
  void checkVersion(Envelope envelope) {
    if (envelope.version() != version) {
      throw Refusal.mismatch(
          envelope.role(), "version " + envelope.version(), "version " + version + ", as signed");
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException exception) {
      throw new IllegalStateException("every Java platform has SHA-256", exception);
    }
  }
}
