package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.SignedMetadata;
import io.edgewright.functions.embedded.store.Database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

public final class SqliteMetadataStore implements MetadataStore {
  private final Database database;

  public SqliteMetadataStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<SignedMetadata> latest(String role) {
    return database.transaction(transaction -> latest(transaction, role));
  }

  private static Optional<SignedMetadata> latest(Transaction transaction, String role)
      throws SQLException {
    return transaction.first(
        SqliteMetadataStore::metadata,
        "SELECT * FROM metadata WHERE role = ? ORDER BY version DESC LIMIT 1",
        role);
  }

  @Override
  public Optional<SignedMetadata> find(String role, int version) {
    return database.transaction(transaction ->
        transaction.first(
            SqliteMetadataStore::metadata,
            "SELECT * FROM metadata WHERE role = ? AND version = ?",
            role,
            version));
  }

  @Override
  public boolean publish(List<SignedMetadata> next) {
    return database.transaction(transaction -> {
      for (SignedMetadata metadata : next) {
        int before = latest(transaction, metadata.role()).map(SignedMetadata::version).orElse(0);
        if (metadata.version() != before + 1) {
          return false;
        }
      }
      for (SignedMetadata metadata : next) {
        transaction.update(
            "INSERT INTO metadata VALUES (?,?,?,?)",
            metadata.role(),
            metadata.version(),
            metadata.expires().toEpochMilli(),
            metadata.json());
      }
      return true;
    });
  }

  private static SignedMetadata metadata(ResultSet row) throws SQLException {
    return new SignedMetadata(
        row.getString("role"),
        row.getInt("version"),
        Instant.ofEpochMilli(row.getLong("expires")),
        row.getString("json"));
  }
}
