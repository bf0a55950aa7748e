package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.CompilationStoreContract;
import io.edgewright.functions.core.store.DeploymentStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteCompilationStoreTest extends CompilationStoreContract {
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
  protected CompilationStore store() {
    return new SqliteCompilationStore(database);
  }

  @Override
  protected DeploymentStore deployments() {
    return new SqliteDeploymentStore(database);
  }
}
