package io.edgewright.functions.embedded.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.IdempotencyStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

public final class SqliteIdempotencyStore implements IdempotencyStore {
  private final Database database;

  /// Frees the keys of requests during which the service ended: nobody else answers them.
  public SqliteIdempotencyStore(Database database) {
    this.database = database;
    database.transaction(
        transaction -> transaction.update("DELETE FROM idempotency WHERE answer IS NULL"));
  }

  private record Row(String request, Instant takenAt, @Nullable String answer) {}

  @Override
  public Taking take(String key, Digest request, Instant now, Instant until, Instant abandoned) {
    return database.transaction(transaction -> {
      transaction.update("DELETE FROM idempotency WHERE until < ?", now.toEpochMilli());
      transaction.update(
          "DELETE FROM idempotency WHERE id = ? AND answer IS NULL AND taken_at < ?",
          key,
          abandoned.toEpochMilli());
      Optional<Row> row =
          transaction.first(
              SqliteIdempotencyStore::row, "SELECT * FROM idempotency WHERE id = ?", key);
      if (row.isPresent()) {
        return taking(row.get(), request);
      }
      transaction.update(
          "INSERT INTO idempotency VALUES (?,?,?,?,NULL)",
          key,
          request.hex(),
          now.toEpochMilli(),
          until.toEpochMilli());
      return new Taking.Taken();
    });
  }

  private static Taking taking(Row row, Digest request) {
    if (!row.request().equals(request.hex())) {
      return new Taking.Other();
    }
    String answer = row.answer();
    return answer == null ? new Taking.UnderWay() : new Taking.Answered(answer(answer));
  }

  @Override
  public void keep(String key, KeptAnswer answer) {
    ObjectNode json = Json.object().put("status", answer.status()).put("body", answer.body());
    ObjectNode headers = json.putObject("headers");
    answer.headers().forEach(headers::put);
    database.transaction(transaction ->
        transaction.update("UPDATE idempotency SET answer = ? WHERE id = ?", Json.text(json), key));
  }

  @Override
  public void release(String key) {
    database.transaction(
        transaction -> transaction.update("DELETE FROM idempotency WHERE id = ?", key));
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString("request"),
        Instant.ofEpochMilli(row.getLong("taken_at")),
        row.getString("answer"));
  }

  private static KeptAnswer answer(String text) {
    JsonNode json = Json.trusted(text);
    Map<String, String> headers = new LinkedHashMap<>();
    json.required("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return new KeptAnswer(json.required("status").asInt(), headers, json.required("body").asText());
  }
}
