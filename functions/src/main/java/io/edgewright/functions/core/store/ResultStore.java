package io.edgewright.functions.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What devices found, every record once: device and sequence number name it.
public interface ResultStore {
  /// Keeps records of one device. A number that is there already keeps the record it has. On return
  /// all are durable; after a failure some may be, and the device sends all of them again.
  ///
  /// @return the largest number that is kept of this device
  long add(String device, List<DeviceResult> results, Instant receivedAt);

  /// Records that all given conditions hold for, in the order in which they came.
  ///
  /// @param cursor the `next` of the page before
  /// @throws IllegalArgumentException when the cursor is none of ours
  /// @return with a `next` in any case: where records that are still to come begin
  Page<Received> list(Condition condition, int limit, Optional<String> cursor);

  /// A record and when it came.
  record Received(DeviceResult result, Instant at) {}

  /// Which records are asked for; what is absent does not matter.
  record Condition(
      Optional<String> device, Optional<String> model, Optional<DeviceResult.Kind> kind) {}
}
