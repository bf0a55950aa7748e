package io.edgewright.functions.aws.store;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.CompilationStoreContract;
import io.edgewright.functions.core.store.DeploymentStore;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("localstack")
class DynamoCompilationStoreTest extends CompilationStoreContract {
  private Tables tables;

  @BeforeEach
  void makeTables() {
    tables = AwsServer.find().newTables("compilations", "bundles", "deployments");
  }

  @Override
  protected CompilationStore store() {
    return new DynamoCompilationStore(tables, Clock.systemUTC(), Duration.ZERO);
  }

  @Override
  protected DeploymentStore deployments() {
    return new DynamoDeploymentStore(tables);
  }
}
