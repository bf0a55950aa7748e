package io.edgewright.functions.core.store;

import java.util.List;
import java.util.Optional;

/// Every version of signed metadata. Versions start at 1 and go up by one.
public interface MetadataStore {
  Optional<SignedMetadata> latest(String role);

  Optional<SignedMetadata> find(String role, int version);

  /// Adds new versions, all or none.
  ///
  /// @return false when any is not exactly one after the latest: somebody else was quicker
  boolean publish(List<SignedMetadata> next);
}
