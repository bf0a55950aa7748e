package io.edgewright.functions.core.trust;

import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.SignedMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Versions of metadata that end with the test.
public final class MemoryMetadata implements MetadataStore {
  private final List<SignedMetadata> all = new ArrayList<>();

  @Override
  public synchronized Optional<SignedMetadata> latest(String role) {
    return all.reversed().stream().filter(m -> m.role().equals(role)).findFirst();
  }

  @Override
  public synchronized Optional<SignedMetadata> find(String role, int version) {
    return all.stream().filter(m -> m.role().equals(role) && m.version() == version).findFirst();
  }

  @Override
  public synchronized boolean publish(List<SignedMetadata> next) {
    boolean inOrder =
        next.stream()
            .allMatch(
                m -> latest(m.role()).map(SignedMetadata::version).orElse(0) + 1 == m.version());
    return inOrder && all.addAll(next);
  }
}
