package io.edgewright.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// Deletes the stack's tables, by their names.
record TableRemoval(DynamoDbClient dynamo, PrintStream out) {
  void remove() {
    for (JsonNode table : Contract.tables()) {
      remove(Naming.PREFIX + table.required("name").asText());
    }
  }

  private void remove(String name) {
    try {
      TableDescription table = dynamo.describeTable(request -> request.tableName(name)).table();
      if (table.tableStatus() == TableStatus.DELETING) {
        out.println("table " + name + " is being deleted");
        return;
      }
      if (Boolean.TRUE.equals(table.deletionProtectionEnabled())) {
        dynamo.updateTable(request -> request.tableName(name).deletionProtectionEnabled(false));
        dynamo.waiter().waitUntilTableExists(request -> request.tableName(name));
      }
      dynamo.deleteTable(request -> request.tableName(name));
      out.println("table " + name + " deleted");
    } catch (ResourceNotFoundException _) {
      out.println("no table " + name);
    }
  }
}
