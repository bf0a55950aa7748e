package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.store.NonceStore;
import io.edgewright.functions.core.store.NonceStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteNonceStoreTest extends NonceStoreContract {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = new Database(folder.resolve("service.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected NonceStore store() {
    return new SqliteNonceStore(database);
  }
}
