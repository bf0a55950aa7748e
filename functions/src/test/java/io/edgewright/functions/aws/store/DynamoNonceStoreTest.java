package io.edgewright.functions.aws.store;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.store.NonceStore;
import io.edgewright.functions.core.store.NonceStoreContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("localstack")
class DynamoNonceStoreTest extends NonceStoreContract {
  private Tables tables;

  @BeforeEach
  void makeTables() {
    tables = AwsServer.find().newTables("nonces");
  }

  @Override
  protected NonceStore store() {
    return new DynamoNonceStore(tables);
  }

  @Override
  protected int replays() {
    return 500;
  }
}
