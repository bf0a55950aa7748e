package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.Benchmark;
import io.edgewright.functions.core.store.BenchmarkStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

public final class SqliteBenchmarkStore implements BenchmarkStore {
  private final Database database;

  public SqliteBenchmarkStore(Database database) {
    this.database = database;
  }

  @Override
  public void put(Benchmark benchmark) {
    database.transaction(transaction ->
        transaction.update(
            """
            INSERT INTO benchmarks VALUES (?,?,?,?,?,?,?) ON CONFLICT (device, bundle) DO UPDATE SET
              name = excluded.name, target = excluded.target, model = excluded.model,
              at = excluded.at, content = excluded.content
            WHERE excluded.at >= benchmarks.at\
            """,
            benchmark.device(),
            benchmark.bundle().hex(),
            benchmark.name(),
            benchmark.target(),
            benchmark.model(),
            benchmark.at().toEpochMilli(),
            benchmark.content()));
  }

  @Override
  public List<Benchmark> newestFirst(Optional<String> model, int limit) {
    return database.transaction(transaction ->
        transaction.query(
            SqliteBenchmarkStore::benchmark,
            """
            SELECT * FROM benchmarks WHERE ?1 IS NULL OR model = ?1
            ORDER BY at DESC, device, bundle LIMIT ?2\
            """,
            model.orElse(null),
            limit));
  }

  private static Benchmark benchmark(ResultSet row) throws SQLException {
    return new Benchmark(
        row.getString("device"),
        row.getString("name"),
        row.getString("target"),
        row.getString("model"),
        new Digest(row.getString("bundle")),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("content"));
  }
}
