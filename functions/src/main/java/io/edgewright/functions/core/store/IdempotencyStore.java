package io.edgewright.functions.core.store;

import io.edgewright.functions.core.Digest;
import java.time.Instant;
import java.util.Map;

/// What was answered to requests that named a key of their own, so that a repeated one is answered
/// the same.
public interface IdempotencyStore {
  /// Takes the key for this request, unless it is taken. However many try at once, one gets it.
  ///
  /// @param request what the request consists of
  /// @param until when the key may be forgotten
  /// @param abandoned a key that was taken before this, and never answered, is free again
  Taking take(String key, Digest request, Instant now, Instant until, Instant abandoned);

  /// Keeps the answer for those who come with the same key and request.
  void keep(String key, KeptAnswer answer);

  /// Frees a key whose request had no effect.
  void release(String key);

  /// What became of an attempt to take a key.
  sealed interface Taking {
    record Taken() implements Taking {}

    record Answered(KeptAnswer answer) implements Taking {}

    /// The same request is being answered.
    record UnderWay() implements Taking {}

    /// The key belongs to another request.
    record Other() implements Taking {}
  }

  record KeptAnswer(int status, Map<String, String> headers, String body) {
    public KeptAnswer {
      headers = Map.copyOf(headers);
    }
  }
}
