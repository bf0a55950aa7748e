package io.edgewright.functions.embedded.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One SQLite file in WAL mode. All work goes through one connection, one transaction after the
/// other: SQLite has one writer anyway, and a transaction here takes less than a millisecond.
public final class Database implements AutoCloseable {
  private final Connection connection;
  private final ReentrantLock turn = new ReentrantLock();

  public Database(Path file) {
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = FULL");
        statement.execute("PRAGMA foreign_keys = ON");
      }
      // One sync for all of them: a disk may take long for each.
      transaction(transaction -> {
        for (String table : Schema.TABLES) {
          transaction.update(table);
        }
        return Schema.TABLES.size();
      });
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /// Work inside one transaction.
  public interface Work<T> {
    T in(Transaction transaction) throws SQLException;
  }

  /// Makes a record of the current row.
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// All of the work or nothing of it. Begun and ended in SQL: where SQLite itself ends a
  /// transaction, as it does when the disk is full, the driver's own bookkeeping never finds back.
  public <T> T transaction(Work<T> work) {
    turn.lock();
    try {
      execute("BEGIN");
      T result = work.in(new Transaction(connection));
      execute("COMMIT");
      return result;
    } catch (SQLException e) {
      rollback(e);
      throw new DatabaseException(e);
    } catch (RuntimeException | Error e) {
      rollback(e);
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void rollback(Throwable because) {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    } finally {
      turn.unlock();
    }
  }

  /// SQL with its arguments in order.
  public record Transaction(Connection connection) {
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
      try (PreparedStatement statement = prepare(sql, arguments)) {
        return statement.executeUpdate();
      }
    }

    public <T> List<T> query(Row<T> row, String sql, @Nullable Object... arguments)
        throws SQLException {
      try (PreparedStatement statement = prepare(sql, arguments);
          ResultSet rows = statement.executeQuery()) {
        List<T> read = new ArrayList<>();
        while (rows.next()) {
          read.add(row.read(rows));
        }
        return read;
      }
    }

    public <T> Optional<T> first(Row<T> row, String sql, @Nullable Object... arguments)
        throws SQLException {
      return query(row, sql, arguments).stream().findFirst();
    }

    private PreparedStatement prepare(String sql, @Nullable Object... arguments)
        throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      return statement;
    }
  }

  /// The database cannot do what it must be able to do: a fault of the service.
  public static final class DatabaseException extends RuntimeException {
    DatabaseException(SQLException cause) {
      super(cause);
    }
  }
}
