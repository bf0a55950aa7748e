package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.embedded.store.Database.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Objects that no record tells of, because the service ended between the one and the other. They
/// can only be told from objects whose record is still to come while nothing runs: at a start.
/// Models stay: an upload comes before any record.
public final class Orphans {
  private static final List<String> SWEPT =
      List.of("models/jobs", "staging", "bundles", "reports", "manifests");

  private final Database database;
  private final Path folder;

  /// @param folder of the objects
  public Orphans(Database database, Path folder) {
    this.database = database;
    this.folder = folder;
  }

  /// Deletes them, and folders with nothing in them.
  public void delete() throws IOException {
    Set<String> known = database.transaction(Orphans::known);
    for (String kind : SWEPT) {
      if (Files.isDirectory(folder.resolve(kind))) {
        sweep(folder.resolve(kind), known);
      }
    }
  }

  private static Set<String> known(Transaction transaction) throws SQLException {
    Set<String> keys = new HashSet<>();
    transaction
        .query(row -> row.getString(1), "SELECT DISTINCT manifest FROM compilations")
        .forEach(manifest -> keys.add(Compilation.manifestKey(new Digest(manifest))));
    transaction
        .query(
            row -> row.getString(1), "SELECT DISTINCT digest FROM targets WHERE digest IS NOT NULL")
        .forEach(bundle -> {
          keys.add(Artifact.bundleKey(new Digest(bundle)));
          keys.add(Artifact.reportKey(new Digest(bundle)));
        });
    transaction
        .query(
            row -> Compilation.passingKeys(row.getString(1), row.getInt(2), row.getString(3)),
            """
            SELECT id, attempt, target FROM compilations JOIN targets ON compilation = id
            WHERE compilations.state IN ('queued', 'running')\
            """)
        .forEach(keys::addAll);
    return keys;
  }

  private void sweep(Path kind, Set<String> known) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(kind)) {
      deepestFirst = files.filter(file -> !file.equals(kind)).toList().reversed();
    }
    for (Path file : deepestFirst) {
      if (Files.isDirectory(file) ? isEmpty(file) : !known.contains(key(file))) {
        Files.delete(file);
      }
    }
  }

  private String key(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}
