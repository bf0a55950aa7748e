package io.edgewright.functions.core.store;

import io.edgewright.functions.core.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Immutable objects under keys such as `bundles/<digest>.zip`: lower case letters, digits, `.`,
/// `-` and `/`.
public interface ObjectStore {
  /// Stores the content unless the key is taken; then the old object stays. After the call the
  /// object is whole and survives a power cut.
  ///
  /// @return whether this call stored it
  boolean putIfAbsent(String key, Content content) throws IOException;

  /// The number of bytes under the key, if there is an object.
  Optional<Long> size(String key) throws IOException;

  /// The object's bytes, if there is one; for what fits into memory.
  Optional<byte[]> read(String key) throws IOException;

  /// Copies the object to a new file.
  ///
  /// @return false when there is no such object
  boolean copyTo(String key, Path file) throws IOException;

  /// Deletes the object if there is one.
  void delete(String key) throws IOException;

  /// An address from which anyone who knows it may GET the object until it expires.
  URI downloadAddress(String key, String fileName, Duration validity);

  /// An address to which anyone who knows it may PUT exactly this content until it expires.
  URI uploadAddress(String key, long bytes, Digest digest, Duration validity);
}
