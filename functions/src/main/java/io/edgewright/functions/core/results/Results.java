package io.edgewright.functions.core.results;

import io.edgewright.functions.core.store.DeviceResult;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.ResultStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Takes what devices found, and gives it out.
public final class Results {
  private final ResultStore results;
  private final Clock clock;

  public Results(ResultStore results, Clock clock) {
    this.results = results;
    this.clock = clock;
  }

  /// Keeps each record once, however often it is sent.
  ///
  /// @return the number up to which the device need not keep its records any longer
  public long take(String device, List<DeviceResult> records) {
    return results.add(device, records, clock.instant());
  }

  /// In the order in which they came.
  ///
  /// @throws IllegalArgumentException when the cursor is none of ours
  public Page<ResultStore.Received> list(
      ResultStore.Condition condition, int limit, Optional<String> cursor) {
    return results.list(condition, limit, cursor);
  }
}
