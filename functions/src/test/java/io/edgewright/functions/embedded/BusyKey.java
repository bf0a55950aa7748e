package io.edgewright.functions.embedded;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.IdempotencyStore.Taking;
import io.edgewright.functions.embedded.CheckedClient.Call;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.store.SqliteIdempotencyStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;

/// Takes an idempotency key behind the back of the service, as if a request with it were under way.
final class BusyKey {
  private BusyKey() {}

  /// The call with the key.
  ///
  /// @param data the folder of the service
  static Call of(Call call, String key, Path data) {
    Instant now = Instant.now();
    try (Database database = new Database(data.resolve("service.db"))) {
      Taking taking =
          new SqliteIdempotencyStore(database)
              .take(key, content(call), now, now.plusSeconds(600), now.minusSeconds(600));
      if (!(taking instanceof Taking.Taken)) {
        throw new AssertionError(taking);
      }
    }
    return call.with("idempotency-key", key);
  }

  /// What a request without a query consists of, written from the contract alone.
  private static Digest content(Call call) {
    MessageDigest digest = Digest.sha256();
    String line = call.method() + " " + call.path() + "?";
    digest.update(Digest.of(line.getBytes(StandardCharsets.UTF_8)).bytes());
    digest.update(Digest.of(call.body()).bytes());
    return Digest.finish(digest);
  }
}
