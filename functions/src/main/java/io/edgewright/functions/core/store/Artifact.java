package io.edgewright.functions.core.store;

import io.edgewright.functions.core.Digest;

/// A published bundle.
///
/// @param fileName what a download is called, `NAME-TARGET.zip`
/// @param digest the bundle's digest, by which it is stored
/// @param verified how it was checked before it was signed
public record Artifact(String fileName, Digest digest, long bytes, Verification verified) {

  /// What was done beyond checking every entry's digest.
  public enum Verification {
    /// Its self-test ran here.
    NATIVE,
    /// Its self-test ran under an emulator.
    EMULATED,
    /// Nothing here can run it; the device will.
    DIGESTS
  }

  public String bundleKey() {
    return bundleKey(digest);
  }

  public String reportKey() {
    return reportKey(digest);
  }

  public static String bundleKey(Digest digest) {
    return "bundles/" + digest.hex() + ".zip";
  }

  public static String reportKey(Digest digest) {
    return "reports/" + digest.hex() + ".json";
  }
}
