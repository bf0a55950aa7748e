package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.store.ResultStore;
import io.edgewright.functions.core.store.ResultStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteResultStoreTest extends ResultStoreContract {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = new Database(folder.resolve("service.db"));
    EnrolledDevices.add(database, "d1", "d2");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected ResultStore store() {
    return new SqliteResultStore(database);
  }
}
