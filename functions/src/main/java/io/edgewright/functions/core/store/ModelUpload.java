package io.edgewright.functions.core.store;

import io.edgewright.functions.core.Digest;
import java.time.Instant;
import java.util.List;

/// A model that arrives in parts.
///
/// @param parts the digests of the parts, in order; all but the last one are of the same size
/// @param upload what the object store calls it
public record ModelUpload(
    Digest model, long bytes, List<Digest> parts, String upload, Instant startedAt) {
  public ModelUpload {
    parts = List.copyOf(parts);
  }

  /// Whether it is the same content in the same parts.
  public boolean isLike(ModelUpload other) {
    return model.equals(other.model) && bytes == other.bytes && parts.equals(other.parts);
  }
}
