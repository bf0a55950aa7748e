package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.store.DeviceStore;
import io.edgewright.functions.core.store.DeviceStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteDeviceStoreTest extends DeviceStoreContract {
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
  protected DeviceStore store() {
    return new SqliteDeviceStore(database);
  }
}
