package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.MetadataStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteMetadataStoreTest extends MetadataStoreContract {
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
  protected MetadataStore store() {
    return new SqliteMetadataStore(database);
  }
}
