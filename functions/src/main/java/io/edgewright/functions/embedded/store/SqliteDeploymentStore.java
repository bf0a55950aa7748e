package io.edgewright.functions.embedded.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.Deployment.Gate;
import io.edgewright.functions.core.store.Deployment.Phase;
import io.edgewright.functions.core.store.Deployment.Rollout;
import io.edgewright.functions.core.store.DeploymentStore;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.PageCursor;
import io.edgewright.functions.embedded.store.Database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

public final class SqliteDeploymentStore implements DeploymentStore {
  private final Database database;

  public SqliteDeploymentStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Deployment> find(String group) {
    return database.transaction(transaction -> find(transaction, group));
  }

  private static Optional<Deployment> find(Transaction transaction, String group)
      throws SQLException {
    return transaction.first(
        SqliteDeploymentStore::deployment, "SELECT * FROM rollouts WHERE group_name = ?", group);
  }

  @Override
  public Outcome write(Deployment next) {
    return database.transaction(transaction -> {
      Optional<Deployment> before = find(transaction, next.group());
      if (before.map(Deployment::revision).orElse(0) + 1 != next.revision()) {
        return Outcome.SUPERSEDED;
      }
      if (!exists(transaction, next.compilation())
          || !exists(transaction, next.previous().orElse(next.compilation()))) {
        return Outcome.COMPILATION_GONE;
      }
      insert(transaction, next);
      transaction.update(
          "DELETE FROM outcomes WHERE group_name = ? AND deployment < ?",
          next.group(),
          next.number());
      return Outcome.WRITTEN;
    });
  }

  private static boolean exists(Transaction transaction, String compilation) throws SQLException {
    return transaction
        .first(row -> true, "SELECT 1 FROM compilations WHERE id = ?", compilation)
        .isPresent();
  }

  private static void insert(Transaction transaction, Deployment next) throws SQLException {
    ArrayNode stages = Json.array();
    next.rollout().stages().forEach(stages::add);
    Gate gate = next.rollout().gate();
    transaction.update(
        "INSERT OR REPLACE INTO rollouts VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        next.group(),
        next.number(),
        next.compilation(),
        next.previous().orElse(null),
        Json.text(stages),
        gate.mostFailedPercent(),
        gate.leastReports(),
        gate.observation().toMillis(),
        next.phase().word(),
        next.stage(),
        next.startedAt().toEpochMilli(),
        next.since().toEpochMilli(),
        next.reason(),
        next.revision());
  }

  @Override
  public Page<Deployment> byGroup(int limit, Optional<String> cursor) {
    String after = cursor.map(text -> PageCursor.keys(text, 1).getFirst()).orElse("");
    List<Deployment> found =
        database.transaction(transaction ->
            transaction.query(
                SqliteDeploymentStore::deployment,
                "SELECT * FROM rollouts WHERE group_name > ? ORDER BY group_name LIMIT ?",
                after,
                limit + 1));
    return PageCursor.page(found, limit, last -> PageCursor.of(last.group()));
  }

  @Override
  public List<Deployment> rollingOut() {
    return database.transaction(transaction ->
        transaction.query(
            SqliteDeploymentStore::deployment,
            "SELECT * FROM rollouts WHERE phase = 'rolling-out' ORDER BY group_name"));
  }

  @Override
  public List<String> groupsOf(String compilation) {
    return database.transaction(transaction -> groupsOf(transaction, compilation));
  }

  static List<String> groupsOf(Transaction transaction, String compilation) throws SQLException {
    return transaction.query(
        row -> row.getString("group_name"),
        """
        SELECT group_name FROM rollouts
        WHERE previous = ?1 OR (compilation = ?1 AND phase IN ('rolling-out', 'done'))
        ORDER BY group_name\
        """,
        compilation);
  }

  @Override
  public void note(Deployment deployment, String device, boolean good, Instant at) {
    database.transaction(transaction ->
        transaction.update(
            "INSERT OR REPLACE INTO outcomes VALUES (?,?,?,?,?)",
            deployment.group(),
            deployment.number(),
            device,
            good ? 1 : 0,
            at.toEpochMilli()));
  }

  @Override
  public Tally tally(Deployment deployment, Instant since) {
    return database.transaction(transaction ->
        transaction
            .first(
                row -> new Tally(row.getInt("reported"), row.getInt("failed")),
                """
                SELECT COUNT(*) AS reported, COUNT(CASE WHEN good = 0 THEN 1 END) AS failed
                FROM outcomes WHERE group_name = ? AND deployment = ? AND at >= ?\
                """,
                deployment.group(),
                deployment.number(),
                since.toEpochMilli())
            .orElseThrow());
  }

  private static Deployment deployment(ResultSet row) throws SQLException {
    List<Integer> stages = new ArrayList<>();
    Json.trusted(row.getString("stages")).forEach(stage -> stages.add(stage.asInt()));
    return new Deployment(
        row.getString("group_name"),
        row.getInt("number"),
        row.getString("compilation"),
        Optional.ofNullable(row.getString("previous")),
        new Rollout(
            stages,
            new Gate(
                row.getInt("most_failed_percent"),
                row.getInt("least_reports"),
                Duration.ofMillis(row.getLong("observation_millis")))),
        Phase.ofWord(row.getString("phase")),
        row.getInt("stage"),
        Instant.ofEpochMilli(row.getLong("started_at")),
        Instant.ofEpochMilli(row.getLong("since")),
        row.getString("reason"),
        row.getInt("revision"));
  }
}
