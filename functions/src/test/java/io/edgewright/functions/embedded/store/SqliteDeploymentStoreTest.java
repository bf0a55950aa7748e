package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.store.DeploymentStore;
import io.edgewright.functions.core.store.DeploymentStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteDeploymentStoreTest extends DeploymentStoreContract {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = new Database(folder.resolve("service.db"));
    prepare(new SqliteCompilationStore(database));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected DeploymentStore store() {
    return new SqliteDeploymentStore(database);
  }
}
