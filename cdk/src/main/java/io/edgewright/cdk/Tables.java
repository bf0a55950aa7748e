package io.edgewright.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.constructs.Construct;

/// The tables of `tables.json`: paid by the request, restorable to any second of the last 35 days,
/// outliving the stack.
final class Tables extends Construct {
  private final Map<String, Table> tables = new LinkedHashMap<>();

  Tables(Construct scope, String id) {
    super(scope, id);
    for (JsonNode table : Contract.tables()) {
      tables.put(table.required("name").asText(), table(table));
    }
  }

  private Table table(JsonNode description) {
    String name = description.required("name").asText();
    Table.Builder builder =
        Table.Builder.create(this, name)
            .tableName(Naming.PREFIX + name)
            .partitionKey(attribute(description.required("partitionKey")))
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .pointInTimeRecoverySpecification(
                PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
            .deletionProtection(true)
            .removalPolicy(RemovalPolicy.RETAIN);
    sortKey(description).ifPresent(builder::sortKey);
    if (description.has("timeToLive")) {
      builder.timeToLiveAttribute(description.required("timeToLive").asText());
    }
    Table table = builder.build();
    description.path("indexes").forEach(index -> table.addGlobalSecondaryIndex(index(index)));
    return table;
  }

  private static GlobalSecondaryIndexProps index(JsonNode index) {
    GlobalSecondaryIndexProps.Builder builder =
        GlobalSecondaryIndexProps.builder()
            .indexName(index.required("name").asText())
            .partitionKey(attribute(index.required("partitionKey")))
            .projectionType(ProjectionType.valueOf(index.required("projection").asText()));
    sortKey(index).ifPresent(builder::sortKey);
    return builder.build();
  }

  private static Optional<Attribute> sortKey(JsonNode keys) {
    return keys.has("sortKey")
        ? Optional.of(attribute(keys.required("sortKey")))
        : Optional.empty();
  }

  private static Attribute attribute(JsonNode key) {
    AttributeType type =
        switch (key.required("type").asText()) {
          case "S" -> AttributeType.STRING;
          case "N" -> AttributeType.NUMBER;
          case "B" -> AttributeType.BINARY;
          case String other -> throw new IllegalArgumentException("no type of a key: " + other);
        };
    return Attribute.builder().name(key.required("name").asText()).type(type).build();
  }

  Table table(String name) {
    return Optional.ofNullable(tables.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no table `" + name + "` in tables.json"));
  }
}
