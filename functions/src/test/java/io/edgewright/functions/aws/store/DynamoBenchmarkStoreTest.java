package io.edgewright.functions.aws.store;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.store.BenchmarkStore;
import io.edgewright.functions.core.store.BenchmarkStoreContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("localstack")
class DynamoBenchmarkStoreTest extends BenchmarkStoreContract {
  private Tables tables;

  @BeforeEach
  void makeTables() {
    tables = AwsServer.find().newTables("benchmarks");
  }

  @Override
  protected BenchmarkStore store() {
    return new DynamoBenchmarkStore(tables);
  }
}
