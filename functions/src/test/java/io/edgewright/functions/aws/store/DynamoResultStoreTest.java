package io.edgewright.functions.aws.store;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.store.ResultStore;
import io.edgewright.functions.core.store.ResultStoreContract;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("localstack")
class DynamoResultStoreTest extends ResultStoreContract {
  private Tables tables;

  @BeforeEach
  void makeTables() {
    tables = AwsServer.find().newTables("results");
  }

  @Override
  protected ResultStore store() {
    return new DynamoResultStore(tables, Clock.systemUTC(), Duration.ZERO);
  }
}
