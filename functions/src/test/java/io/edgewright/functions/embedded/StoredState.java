package io.edgewright.functions.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a service that has nothing left to do must have left on the disk.
final class StoredState {
  private final Path folder;
  private final Connection connection;

  private StoredState(Path folder, Connection connection) {
    this.folder = folder;
    this.connection = connection;
  }

  /// The service must have ended. All compilations must be done.
  static void check(Path folder) throws IOException, SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("service.db"))) {
      StoredState state = new StoredState(folder, connection);
      state.databaseIsConsistent();
      state.objectsAreThoseOfTheRecords();
    }
    nothingIsLeftOver(folder);
  }

  private List<String> query(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private void databaseIsConsistent() throws SQLException {
    assertThat(query("PRAGMA integrity_check")).containsExactly("ok");
    assertThat(query("PRAGMA foreign_key_check")).isEmpty();
    assertThat(query("SELECT id FROM compilations WHERE state <> 'done'")).isEmpty();
    assertThat(
            query(
                """
                SELECT target FROM targets WHERE state <> 'done' OR percent <> 100
                  OR digest IS NULL OR bytes IS NULL OR file_name IS NULL OR problems <> '[]'\
                """))
        .isEmpty();
    assertThat(query("SELECT name FROM executions WHERE state = 'running'")).isEmpty();
    assertThat(query("SELECT number FROM journal")).isEmpty();
    assertThat(
            query(
                """
                SELECT id FROM compilations WHERE NOT EXISTS
                  (SELECT 1 FROM executions WHERE name = id || '-' || attempt)\
                """))
        .isEmpty();
  }

  private void objectsAreThoseOfTheRecords() throws IOException, SQLException {
    List<String> bundles = query("SELECT DISTINCT digest || '.zip' FROM targets");
    assertThat(files(folder, "objects/bundles")).containsExactlyInAnyOrderElementsOf(bundles);
    assertThat(files(folder, "objects/reports"))
        .containsExactlyInAnyOrderElementsOf(
            query("SELECT DISTINCT digest || '.json' FROM targets"));
    assertThat(files(folder, "objects/manifests"))
        .containsExactlyInAnyOrderElementsOf(
            query("SELECT DISTINCT manifest || '.json' FROM compilations"));
    assertThat(files(folder, "objects/models"))
        .containsExactlyInAnyOrderElementsOf(query("SELECT DISTINCT model FROM compilations"));
    for (String bundle : bundles) {
      try (InputStream in = Files.newInputStream(folder.resolve("objects/bundles/" + bundle))) {
        assertThat(Digest.of(in).hex() + ".zip").isEqualTo(bundle);
      }
    }
  }

  private static void nothingIsLeftOver(Path folder) throws IOException {
    assertThat(files(folder, "objects/staging")).isEmpty();
    assertThat(files(folder, "objects/.unfinished")).isEmpty();
    assertThat(files(folder, "work")).isEmpty();
    assertThat(files(folder, "keys")).allMatch(name -> name.endsWith(".key"));
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.map(file -> file.getFileName().toString()))
          .containsOnly("keys", "lock", "objects", "operator.token", "service.db", "work");
    }
    assertThat(
            ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(folder.resolve("work").toString())))
        .isEmpty();
  }

  private static List<String> files(Path folder, String kind) throws IOException {
    Path all = folder.resolve(kind);
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(all)) {
      return files.filter(Files::isRegularFile).map(f -> all.relativize(f).toString()).toList();
    }
  }
}
