package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.PageCursor;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import io.edgewright.functions.embedded.store.Database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

public final class SqliteCompilationStore implements CompilationStore {
  private final Database database;

  public SqliteCompilationStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean create(Compilation compilation) {
    return database.transaction(transaction -> {
      int added =
          transaction.update(
              """
              INSERT INTO compilations
              VALUES (?1, 1 + COALESCE((SELECT attempt FROM past_attempts WHERE id = ?1), 0),
                ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING\
              """,
              compilation.id(),
              compilation.name(),
              compilation.model().hex(),
              compilation.manifest().hex(),
              compilation.compiler().hex(),
              compilation.state().word(),
              compilation.createdAt().toEpochMilli(),
              compilation.updatedAt().toEpochMilli(),
              CompilationRows.problems(compilation.problems()));
      if (added == 1) {
        insertTargets(transaction, compilation);
      }
      return added == 1;
    });
  }

  private static void insertTargets(Transaction transaction, Compilation compilation)
      throws SQLException {
    int position = 0;
    for (TargetStatus status : compilation.targets()) {
      transaction.update(
          """
          INSERT INTO targets (compilation, target, position, state, stage, percent, problems)
          VALUES (?,?,?,'queued','queued',0,'[]')\
          """,
          compilation.id(),
          status.target(),
          position++);
    }
  }

  @Override
  public Optional<Compilation> find(String id) {
    return database.transaction(transaction -> {
      var rows = transaction.query(this::id, "SELECT id FROM compilations WHERE id = ?", id);
      return rows.isEmpty() ? Optional.empty() : Optional.of(load(transaction, id));
    });
  }

  @Override
  public Page<Compilation> newestFirst(int limit, Optional<String> cursor) {
    List<String> after =
        cursor
            .map(text -> PageCursor.keys(text, 2))
            .orElse(List.of(Long.toString(Long.MAX_VALUE), ""));
    long createdAt = Long.parseLong(after.getFirst());
    List<Compilation> found =
        database.transaction(transaction ->
            loadAll(
                transaction,
                transaction.query(
                    this::id,
                    """
                    SELECT id FROM compilations WHERE (created_at, id) < (?, ?)
                    ORDER BY created_at DESC, id DESC LIMIT ?\
                    """,
                    createdAt,
                    after.getLast(),
                    limit + 1)));
    return PageCursor.page(
        found,
        limit,
        compilation -> PageCursor.of(compilation.createdAt().toEpochMilli(), compilation.id()));
  }

  private static List<Compilation> loadAll(Transaction transaction, List<String> ids)
      throws SQLException {
    List<Compilation> loaded = new ArrayList<>();
    for (String id : ids) {
      loaded.add(load(transaction, id));
    }
    return loaded;
  }

  @Override
  public List<Compilation> unfinished() {
    return database.transaction(transaction ->
        loadAll(
            transaction,
            transaction.query(
                this::id,
                """
                SELECT id FROM compilations WHERE state IN ('queued', 'running')
                ORDER BY created_at, id\
                """)));
  }

  @Override
  public boolean setState(
      String id, int attempt, State state, List<ServiceProblem> problems, Instant at) {
    return database.transaction(transaction ->
        transaction.update(
                """
                UPDATE compilations SET state = ?, problems = ?, updated_at = ?
                WHERE id = ? AND attempt = ?\
                """,
                state.word(),
                CompilationRows.problems(problems),
                at.toEpochMilli(),
                id,
                attempt)
            == 1);
  }

  @Override
  public boolean setTarget(String id, int attempt, TargetStatus status, Instant at) {
    return database.transaction(transaction -> {
      boolean set = setTarget(transaction, id, attempt, status);
      if (set) {
        transaction.update(
            "UPDATE compilations SET updated_at = ? WHERE id = ?", at.toEpochMilli(), id);
      }
      return set;
    });
  }

  private static boolean setTarget(
      Transaction transaction, String id, int attempt, TargetStatus status) throws SQLException {
    return transaction.update(
            """
            UPDATE targets SET state = ?1, stage = ?2, percent = ?3, problems = ?4,
              file_name = ?5, digest = ?6, bytes = ?7, verified = ?8
            WHERE compilation = ?9 AND target = ?10 AND (state <> ?11 OR digest = ?6) AND
              EXISTS (SELECT 1 FROM compilations WHERE id = ?9 AND attempt = ?12)\
            """,
            status.state().word(),
            status.stage(),
            status.percent(),
            CompilationRows.problems(status.problems()),
            status.artifact().map(artifact -> artifact.fileName()).orElse(null),
            status.artifact().map(artifact -> artifact.digest().hex()).orElse(null),
            status.artifact().map(artifact -> artifact.bytes()).orElse(null),
            status.artifact().map(artifact -> artifact.verified().name()).orElse(null),
            id,
            status.target(),
            State.DONE.word(),
            attempt)
        == 1;
  }

  @Override
  public boolean restart(String id, int attempt, Instant at) {
    return database.transaction(transaction -> {
      int raised =
          transaction.update(
              """
              UPDATE compilations SET attempt = attempt + 1, state = 'queued',
                problems = '[]', updated_at = ? WHERE id = ? AND attempt = ?\
              """,
              at.toEpochMilli(),
              id,
              attempt);
      if (raised == 1) {
        transaction.update(
            """
            UPDATE targets SET state = 'queued', stage = 'queued', percent = 0, problems = '[]'
            WHERE compilation = ? AND state <> 'done'\
            """,
            id);
      }
      return raised == 1;
    });
  }

  @Override
  public boolean cancel(String id, int attempt, Instant at) {
    return database.transaction(transaction -> {
      int cancelled =
          transaction.update(
              """
              UPDATE compilations SET attempt = attempt + 1, state = 'cancelled', updated_at = ?
              WHERE id = ? AND attempt = ? AND state IN ('queued', 'running')\
              """,
              at.toEpochMilli(),
              id,
              attempt);
      if (cancelled == 1) {
        transaction.update(
            """
            UPDATE targets SET state = 'cancelled'
            WHERE compilation = ? AND state IN ('queued', 'running')\
            """,
            id);
      }
      return cancelled == 1;
    });
  }

  @Override
  public boolean useBundle(String id, int attempt, Digest bundle) {
    return database.transaction(transaction ->
        transaction.update(
                """
                INSERT INTO bundle_uses SELECT ?1, id FROM compilations
                WHERE id = ?2 AND attempt = ?3
                  AND NOT EXISTS (SELECT 1 FROM doomed_bundles WHERE digest = ?1)
                ON CONFLICT DO UPDATE SET digest = excluded.digest\
                """,
                bundle.hex(),
                id,
                attempt)
            == 1);
  }

  @Override
  public Deletion delete(String id) {
    return database.transaction(transaction -> {
      List<String> groups = SqliteDeploymentStore.groupsOf(transaction, id);
      if (!groups.isEmpty()) {
        return new Deletion.Deployed(groups);
      }
      List<Digest> doomed =
          transaction.query(
              SqliteCompilationStore::digest,
              """
              SELECT digest FROM bundle_uses AS mine WHERE compilation = ?1 AND NOT EXISTS (
                SELECT 1 FROM bundle_uses WHERE digest = mine.digest AND compilation <> ?1)\
              """,
              id);
      for (Digest bundle : doomed) {
        transaction.update("INSERT INTO doomed_bundles VALUES (?)", bundle.hex());
      }
      transaction.update(
          "INSERT OR REPLACE INTO past_attempts SELECT id, attempt FROM compilations WHERE id = ?",
          id);
      int deleted = transaction.update("DELETE FROM compilations WHERE id = ?", id);
      return deleted == 1 ? new Deletion.Deleted(doomed) : new Deletion.Unknown();
    });
  }

  @Override
  public List<Digest> doomedBundles() {
    return database.transaction(transaction ->
        transaction.query(SqliteCompilationStore::digest, "SELECT digest FROM doomed_bundles"));
  }

  @Override
  public void forgetBundle(Digest bundle) {
    database.transaction(transaction ->
        transaction.update("DELETE FROM doomed_bundles WHERE digest = ?", bundle.hex()));
  }

  private static Digest digest(ResultSet row) throws SQLException {
    return new Digest(row.getString("digest"));
  }

  private String id(ResultSet row) throws SQLException {
    return row.getString("id");
  }

  private static Compilation load(Transaction transaction, String id) throws SQLException {
    List<TargetStatus> targets =
        transaction.query(
            CompilationRows::target,
            "SELECT * FROM targets WHERE compilation = ? ORDER BY position",
            id);
    return transaction
        .first(
            row -> CompilationRows.compilation(row, targets),
            "SELECT * FROM compilations WHERE id = ?",
            id)
        .orElseThrow();
  }
}
