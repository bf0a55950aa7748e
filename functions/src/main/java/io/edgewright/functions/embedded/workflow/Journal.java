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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Every transition of every execution, on the disk before it takes effect, and as one line of log.
///
/// A frame is one walk through one machine: `""` for the whole, `/Targets/0` for the first item of
/// the map `Targets`.
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
    /// A try of the state's task began.
    STARTED,
    /// The service was shut down in good order during a try, which therefore does not count.
    RELEASED,
    /// A try failed.
    FAILED,
    /// The frame is at its end; the detail is its output.
    ENDED
  }

  record Execution(String name, JsonNode input) {}

  /// Where a frame is.
  ///
  /// @param detail the input of the state, or the frame's output at its end
  /// @param tries tries of the state's task that began and were not released
  /// @param underWay whether the last of them has no end in the journal: the service was killed
  record Position(Kind kind, String state, JsonNode detail, int tries, boolean underWay) {}

  private record Line(Kind kind, String state, String detail) {}

  /// @return false when there is an execution of this name already
  boolean create(Execution execution) {
    return database.transaction(transaction ->
        transaction.update(
                "INSERT INTO executions VALUES (?,?,'running',?) ON CONFLICT DO NOTHING",
                execution.name(),
                Json.text(execution.input()),
                clock.millis())
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
            row -> new Execution(row.getString("name"), Json.trusted(row.getString("input"))),
            "SELECT * FROM executions WHERE state = 'running' ORDER BY started_at, name"));
  }

  /// @param outcome `succeeded`, `failed` or `stopped`
  void finish(Execution execution, String outcome) {
    database.transaction(transaction ->
        transaction.update(
            "UPDATE executions SET state = ? WHERE name = ?", outcome, execution.name()));
    log(execution, "", outcome, "", Json.object());
  }

  void write(Execution execution, String frame, Kind kind, String state, JsonNode detail) {
    database.transaction(transaction ->
        transaction.update(
            """
            INSERT INTO journal (execution, frame, kind, state, detail, at)
            VALUES (?,?,?,?,?,?)\
            """,
            execution.name(),
            frame,
            kind.name(),
            state,
            Json.text(detail),
            clock.millis()));
    // A failure is logged with its cause; inputs and outputs are in the journal.
    log(
        execution,
        frame,
        kind.name().toLowerCase(Locale.ROOT),
        state,
        kind == Kind.FAILED && detail instanceof ObjectNode error ? error : Json.object());
  }

  private void log(Execution execution, String frame, String kind, String state, ObjectNode error) {
    ObjectNode line =
        Json.object()
            .put("compilation", execution.input().path("compilation").asText())
            .put("execution", execution.name())
            .put("frame", frame)
            .put("state", state)
            .put("kind", kind);
    line.setAll(error);
    log.write("transition", line);
  }

  Optional<Position> position(Execution execution, String frame) {
    List<Line> lines = database.transaction(transaction -> lines(transaction, execution, frame));
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    int tries = 0;
    boolean underWay = false;
    Line current = lines.getFirst();
    for (Line line : lines) {
      switch (line.kind()) {
        case ENTERED, ENDED -> {
          current = line;
          tries = 0;
          underWay = false;
        }
        case STARTED -> {
          tries++;
          underWay = true;
        }
        case RELEASED -> {
          tries--;
          underWay = false;
        }
        case FAILED -> underWay = false;
      }
    }
    return Optional.of(
        new Position(
            current.kind(), current.state(), Json.trusted(current.detail()), tries, underWay));
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
        Kind.valueOf(row.getString("kind")), row.getString("state"), row.getString("detail"));
  }
}
