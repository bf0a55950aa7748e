package io.edgewright.functions.core.store;

import io.edgewright.functions.core.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Immutable objects under keys such as `bundles/<digest>.zip`: lower case letters, digits, `.`,
/// `-` and `/`.
public interface ObjectStore {
  Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9.-]*)*");

  /// @throws IllegalArgumentException when it is not such a key
  static String checkedKey(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not an object key: " + key);
    }
    return key;
  }

  /// Where to PUT something.
  ///
  /// @param headers what the request must say beside its length
  record Place(URI url, Map<String, String> headers) {
    public Place {
      headers = Map.copyOf(headers);
    }
  }

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

  /// Begins an object that arrives in parts.
  Parts beginParts(String key) throws IOException;

  /// An address to which anyone who knows it may PUT exactly this content, as the part of this
  /// number, until it expires.
  ///
  /// @param number from 1
  Place partAddress(Parts upload, int number, long bytes, Digest digest, Duration validity);

  /// The numbers of the parts that are there.
  Set<Integer> parts(Parts upload) throws IOException;

  /// Joins the parts from the first to this one into the object, unless the key is taken; then the
  /// old object stays. Holds the whole against its digest before anybody can see it.
  Joining joinParts(Parts upload, int count, Digest expected) throws IOException;

  /// Forgets the parts, if there are any, and takes no more of them.
  void dropParts(Parts upload) throws IOException;

  /// An object that arrives in parts.
  ///
  /// @param key where it is to be
  /// @param id tells uploads to the same key apart
  record Parts(String key, String id) {}

  enum Joining {
    JOINED,
    /// The parts together are something else; nothing was stored.
    OTHER_CONTENT,
    /// The parts are not there any more.
    GONE
  }

  /// An address from which anyone who knows it may GET the object until it expires.
  URI downloadAddress(String key, String fileName, Duration validity);

  /// An address to which anyone who knows it may PUT exactly this content until it expires.
  Place uploadAddress(String key, long bytes, Digest digest, Duration validity);
}
