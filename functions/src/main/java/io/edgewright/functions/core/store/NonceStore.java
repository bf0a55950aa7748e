package io.edgewright.functions.core.store;

import java.time.Instant;

/// Which signed requests have been seen.
public interface NonceStore {
  /// Remembers the nonce of a device at least until then.
  ///
  /// @return false when it was there already: the request is a replay
  boolean remember(String device, String nonce, Instant now, Instant until);
}
