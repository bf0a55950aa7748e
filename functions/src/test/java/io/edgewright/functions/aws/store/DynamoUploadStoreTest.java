package io.edgewright.functions.aws.store;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.store.UploadStore;
import io.edgewright.functions.core.store.UploadStoreContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("localstack")
class DynamoUploadStoreTest extends UploadStoreContract {
  private Tables tables;

  @BeforeEach
  void makeTables() {
    tables = AwsServer.find().newTables("uploads");
  }

  @Override
  protected UploadStore store() {
    return new DynamoUploadStore(tables);
  }
}
