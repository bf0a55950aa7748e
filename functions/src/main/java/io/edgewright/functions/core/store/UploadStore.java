package io.edgewright.functions.core.store;

import io.edgewright.functions.core.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Models that are arriving in parts, one upload a model.
public interface UploadStore {
  /// @return false when the model has an upload; it stays as it is
  boolean add(ModelUpload upload);

  Optional<ModelUpload> find(Digest model);

  /// Forgets the upload if it is still this one.
  void remove(ModelUpload upload);

  List<ModelUpload> startedBefore(Instant time);
}
