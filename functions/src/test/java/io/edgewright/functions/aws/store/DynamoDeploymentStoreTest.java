package io.edgewright.functions.aws.store;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.store.DeploymentStore;
import io.edgewright.functions.core.store.DeploymentStoreContract;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("localstack")
class DynamoDeploymentStoreTest extends DeploymentStoreContract {
  private Tables tables;

  @BeforeEach
  void makeTables() {
    tables = AwsServer.find().newTables("compilations", "bundles", "deployments", "outcomes");
    prepare(new DynamoCompilationStore(tables, Clock.systemUTC(), Duration.ZERO));
  }

  @Override
  protected DeploymentStore store() {
    return new DynamoDeploymentStore(tables);
  }
}
