package io.edgewright.functions.aws.store;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.store.DeviceStore;
import io.edgewright.functions.core.store.DeviceStoreContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("localstack")
class DynamoDeviceStoreTest extends DeviceStoreContract {
  private Tables tables;

  @BeforeEach
  void makeTables() {
    tables = AwsServer.find().newTables("claims", "devices", "keys", "reports");
  }

  @Override
  protected DeviceStore store() {
    return new DynamoDeviceStore(tables);
  }
}
