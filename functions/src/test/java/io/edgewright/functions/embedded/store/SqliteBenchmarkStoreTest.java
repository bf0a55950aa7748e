package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.store.BenchmarkStore;
import io.edgewright.functions.core.store.BenchmarkStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteBenchmarkStoreTest extends BenchmarkStoreContract {
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
  protected BenchmarkStore store() {
    return new SqliteBenchmarkStore(database);
  }
}
