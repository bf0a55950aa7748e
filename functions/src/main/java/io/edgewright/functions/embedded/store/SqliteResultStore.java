package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.DeviceResult;
import io.edgewright.functions.core.store.DeviceResult.Kind;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.ResultStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

public final class SqliteResultStore implements ResultStore {
  private static final Pattern CURSOR = Pattern.compile("[0-9]{1,18}");

  private final Database database;

  public SqliteResultStore(Database database) {
    this.database = database;
  }

  @Override
  public long add(String device, List<DeviceResult> results, Instant receivedAt) {
    return database.transaction(transaction -> {
      for (DeviceResult result : results) {
        transaction.update(
            """
            INSERT INTO results (device, sequence, kind, at, model, bundle, content, received_at)
            VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (device, sequence) DO NOTHING\
            """,
            device,
            result.sequence(),
            result.kind().name(),
            result.at().toEpochMilli(),
            result.model(),
            result.bundle().hex(),
            result.content(),
            receivedAt.toEpochMilli());
      }
      return transaction
          .first(
              row -> row.getLong(1),
              "SELECT COALESCE(MAX(sequence), 0) FROM results WHERE device = ?",
              device)
          .orElseThrow();
    });
  }

  @Override
  public Page<Received> list(Condition condition, int limit, Optional<String> cursor) {
    String start = cursor.orElse("0");
    if (!CURSOR.matcher(start).matches()) {
      throw new IllegalArgumentException("not a cursor: " + start);
    }
    List<Row> rows =
        database.transaction(transaction ->
            transaction.query(
                SqliteResultStore::row,
                """
                SELECT * FROM results WHERE number > ?1
                  AND (?2 IS NULL OR device = ?2) AND (?3 IS NULL OR model = ?3)
                  AND (?4 IS NULL OR kind = ?4)
                ORDER BY number LIMIT ?5\
                """,
                Long.parseLong(start),
                condition.device().orElse(null),
                condition.model().orElse(null),
                condition.kind().map(Kind::name).orElse(null),
                limit));
    String next = rows.isEmpty() ? start : Long.toString(rows.getLast().number());
    return new Page<>(rows.stream().map(Row::received).toList(), Optional.of(next));
  }

  private record Row(long number, Received received) {}

  private static Row row(ResultSet row) throws SQLException {
    DeviceResult result =
        new DeviceResult(
            row.getString("device"),
            row.getLong("sequence"),
            Kind.valueOf(row.getString("kind")),
            Instant.ofEpochMilli(row.getLong("at")),
            row.getString("model"),
            new Digest(row.getString("bundle")),
            row.getString("content"));
    Instant received = Instant.ofEpochMilli(row.getLong("received_at"));
    return new Row(row.getLong("number"), new Received(result, received));
  }
}
