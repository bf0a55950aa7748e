package io.edgewright.functions.aws.store;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.store.IdempotencyStore;
import io.edgewright.functions.core.store.IdempotencyStoreContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("localstack")
class DynamoIdempotencyStoreTest extends IdempotencyStoreContract {
  private Tables tables;

  @BeforeEach
  void makeTables() {
    tables = AwsServer.find().newTables("idempotency");
  }

  @Override
  protected IdempotencyStore store() {
    return new DynamoIdempotencyStore(tables);
  }
}
