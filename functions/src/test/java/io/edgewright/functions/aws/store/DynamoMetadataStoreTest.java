package io.edgewright.functions.aws.store;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.MetadataStoreContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("localstack")
class DynamoMetadataStoreTest extends MetadataStoreContract {
  private Tables tables;

  @BeforeEach
  void makeTables() {
    tables = AwsServer.find().newTables("metadata");
  }

  @Override
  protected MetadataStore store() {
    return new DynamoMetadataStore(tables);
  }
}
