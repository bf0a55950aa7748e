package io.edgewright.functions.core.store;

import java.util.List;
import java.util.Optional;

/// The last benchmark of every bundle on every device.
public interface BenchmarkStore {
  /// Takes the place of the device's benchmark of the same bundle, unless that one is newer.
  void put(Benchmark benchmark);

  /// Newest first.
  ///
  /// @param model the name of the product; absent: of all
  List<Benchmark> newestFirst(Optional<String> model, int limit);
}
