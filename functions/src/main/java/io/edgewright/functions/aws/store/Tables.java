package io.edgewright.functions.aws.store;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The tables that `tables.json` lists, all under one prefix.
public record Tables(DynamoDbClient client, String prefix) {
  static final String EXPIRES = "expires";

  Table table(String name) {
    return new Table(client, prefix + name);
  }
}
