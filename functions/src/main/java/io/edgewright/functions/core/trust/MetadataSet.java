package io.edgewright.functions.core.trust;

import io.edgewright.functions.core.store.SignedMetadata;
import java.util.List;
import java.util.Optional;

/// What a device of one group needs, all versions belonging together.
///
/// @param roots newer than the one that the device has, in order
/// @param group absent while nothing was ever deployed to the group
public record MetadataSet(
    List<SignedMetadata> roots,
    SignedMetadata timestamp,
    SignedMetadata snapshot,
    SignedMetadata targets,
    Optional<SignedMetadata> group) {
  public MetadataSet {
    roots = List.copyOf(roots);
  }
}
