package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.store.NonceStore;
import java.time.Instant;

public final class SqliteNonceStore implements NonceStore {
  private final Database database;

  public SqliteNonceStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean remember(String device, String nonce, Instant now, Instant until) {
    return database.transaction(transaction -> {
      transaction.update("DELETE FROM nonces WHERE until < ?", now.toEpochMilli());
      return transaction.update(
              "INSERT INTO nonces VALUES (?,?,?) ON CONFLICT DO NOTHING",
              device,
              nonce,
              until.toEpochMilli())
          == 1;
    });
  }
}
