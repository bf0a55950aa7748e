package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.store.Database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Every transition of every execution, on the disk before it takes effect, and as one line of log.
/// An execution that has ended needs its lines no more.
///
/// A frame is one walk through one machine: `""` for the whole, `/Targets/0` for the first item of
/// the map `Targets`, `/Targets~2/0` when the map runs for the second time.
final class Journal {
  private final Database database;
  private final EventLog log;
  private final Clock clock;

  Journal(Database database, EventLog log, Clock clock) {
    this.database = database;
    this.log = log;
    this.clock = clock;
  }

  /// What a line of the journal says.
  enum Kind {
    /// The frame is in this state; the detail is the state's input.
    ENTERED,
    /// The state before assigned these variables. On the disk together with the next line.
    ASSIGNED,
    /// A try of the state began.
    STARTED,
    /// The service was shut down in good order during a try, which therefore does not count.
    RELEASED,
    /// The service ended during a try without a word.
    KILLED,
    /// A try failed; the detail is the error.
    FAILED,
    /// The frame is at its end; the detail is its output.
    ENDED
  }

  record Execution(String name, JsonNode input, Instant startedAt) {}

  record Line(Kind kind, String state, JsonNode detail, Instant at) {}

  Instant now() {
    return clock.instant();
  }

  /// @return false when there is an execution of this name already
  boolean create(Execution execution) {
    return database.transaction(transaction ->
        transaction.update(
                "INSERT INTO executions VALUES (?,?,'running',?) ON CONFLICT DO NOTHING",
                execution.name(),
                Json.text(execution.input()),
                execution.startedAt().toEpochMilli())
            == 1);
  }

  boolean knows(String execution) {
    return database.transaction(transaction ->
        !transaction
            .query(
                row -> row.getString("name"),
                "SELECT name FROM executions WHERE name = ?",
                execution)
            .isEmpty());
  }

  List<Execution> running() {
    return database.transaction(transaction ->
        transaction.query(
            row ->
                new Execution(
                    row.getString("name"),
                    Json.trusted(row.getString("input")),
                    Instant.ofEpochMilli(row.getLong("started_at"))),
            "SELECT * FROM executions WHERE state = 'running' ORDER BY started_at, name"));
  }

  /// @param outcome `succeeded`, `failed` or `stopped`
  void finish(Execution execution, String outcome) {
    database.transaction(transaction -> {
      transaction.update(
          "UPDATE executions SET state = ? WHERE name = ?", outcome, execution.name());
      return transaction.update("DELETE FROM journal WHERE execution = ?", execution.name());
    });
    log(execution, "", new Line(Kind.ENDED, "", Json.object(), now()), outcome);
  }

  /// All of the lines or none.
  void write(Execution execution, String frame, List<Line> lines) {
    database.transaction(transaction -> {
      for (Line line : lines) {
        transaction.update(
            """
            INSERT INTO journal (execution, frame, kind, state, detail, at)
            VALUES (?,?,?,?,?,?)\
            """,
            execution.name(),
            frame,
            line.kind().name(),
            line.state(),
            Json.text(line.detail()),
            line.at().toEpochMilli());
      }
      return lines.size();
    });
    for (Line line : lines) {
      log(execution, frame, line, line.kind().name().toLowerCase(Locale.ROOT));
    }
  }

  /// A failure is logged with its cause; inputs and outputs are in the journal.
  private void log(Execution execution, String frame, Line line, String kind) {
    ObjectNode fields =
        Json.object()
            .put("compilation", execution.input().path("compilation").asText())
            .put("execution", execution.name())
            .put("frame", frame)
            .put("state", line.state())
            .put("kind", kind);
    if (line.kind() == Kind.FAILED && line.detail() instanceof ObjectNode error) {
      fields.setAll(error);
    }
    log.write("transition", fields);
  }

  /// Where a frame is, if it was ever entered.
  Optional<Position> position(Execution execution, String frame) {
    return Position.after(
        database.transaction(transaction -> lines(transaction, execution, frame)));
  }

  private static List<Line> lines(Transaction transaction, Execution execution, String frame)
      throws SQLException {
    return transaction.query(
        Journal::line,
        "SELECT * FROM journal WHERE execution = ? AND frame = ? ORDER BY number",
        execution.name(),
        frame);
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        Kind.valueOf(row.getString("kind")),
        row.getString("state"),
        Json.trusted(row.getString("detail")),
        Instant.ofEpochMilli(row.getLong("at")));
  }
}
