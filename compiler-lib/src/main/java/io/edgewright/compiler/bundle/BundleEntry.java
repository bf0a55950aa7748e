package io.edgewright.compiler.bundle;

/// One file of a bundle.
///
/// @param path inside the bundle, with slashes
@SuppressWarnings("ArrayRecordComponent") // up to 500 MB, handed on once, never compared
public record BundleEntry(String path, byte[] bytes, boolean executable) {
  static BundleEntry file(String path, byte[] bytes) {
    return new BundleEntry(path, bytes, false);
  }

  static BundleEntry program(String path, byte[] bytes) {
    return new BundleEntry(path, bytes, true);
  }
}
