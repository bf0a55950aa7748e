package io.edgewright.functions.handlers;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.IdempotencyStore;
import io.edgewright.functions.core.store.IdempotencyStore.KeptAnswer;
import io.edgewright.functions.core.store.IdempotencyStore.Taking;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// Does a request with an `Idempotency-Key` once, and answers the same whenever it comes again.
/// Only success is kept: after a failure the same key may be used for another try.
final class Idempotency {
  static final String HEADER = "idempotency-key";

  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");
  private static final Duration KEPT = Duration.ofDays(1);

  /// Longer than any request takes.
  private static final Duration ABANDONED = Duration.ofMinutes(2);

  private final IdempotencyStore store;
  private final Clock clock;

  Idempotency(IdempotencyStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  Answer answer(Request request, Endpoint.Action action) throws IOException {
    Optional<String> key = request.header(HEADER);
    return key.isEmpty() ? action.answer(request) : answer(request, check(key.get()), action);
  }

  private static String check(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new ServiceException(
          ServiceErrorCode.FIELD_INVALID,
          "the header `Idempotency-Key`",
          key.length() + " letters",
          "1 to 255 visible ASCII letters",
          "send a random UUID, a new one for every new request");
    }
    return key;
  }

  private Answer answer(Request request, String key, Endpoint.Action action) throws IOException {
    Digest content = request.content();
    Instant now = clock.instant();
    return switch (store.take(key, content, now, now.plus(KEPT), now.minus(ABANDONED))) {
      case Taking.Taken _ -> once(request, key, action);
      case Taking.Answered(KeptAnswer kept) ->
          new Answer(kept.status(), kept.headers(), kept.body(), "")
              .with("idempotency-replayed", "true");
      case Taking.UnderWay _ ->
          throw refused(
              ServiceErrorCode.IDEMPOTENCY_KEY_BUSY,
              "a request with this key that is still being answered",
              "ask again in a moment");
      case Taking.Other _ ->
          throw refused(
              ServiceErrorCode.IDEMPOTENCY_KEY_REUSED,
              "the key of another request of the last 24 hours",
              "send a new key with every new request");
    };
  }

  private static ServiceException refused(ServiceErrorCode code, String seen, String hint) {
    return new ServiceException(
        code, "the header `Idempotency-Key`", seen, "a key of this request alone", hint);
  }

  private Answer once(Request request, String key, Endpoint.Action action) throws IOException {
    boolean done = false;
    try {
      Answer answer = action.answer(request);
      store.keep(key, new KeptAnswer(answer.status(), answer.headers(), answer.body()));
      done = true;
      return answer;
    } finally {
      if (!done) {
        store.release(key);
      }
    }
  }
}
