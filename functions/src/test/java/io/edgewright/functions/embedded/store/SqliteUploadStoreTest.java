package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.store.UploadStore;
import io.edgewright.functions.core.store.UploadStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteUploadStoreTest extends UploadStoreContract {
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
  protected UploadStore store() {
    return new SqliteUploadStore(database);
  }
}
