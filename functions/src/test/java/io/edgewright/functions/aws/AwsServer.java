package io.edgewright.functions.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.aws.store.Tables;
import io.edgewright.functions.core.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sfn.SfnClient;

/// A server on this machine that speaks the protocols of S3, DynamoDB, KMS and Step Functions.
public final class AwsServer {
  private static final StaticCredentialsProvider ANYBODY =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret"));

  private final URI endpoint;

  public AwsServer(URI endpoint) {
    this.endpoint = endpoint;
  }

  private static final class Shared {
    private static final AwsProxy PROXY = proxy();

    private static AwsProxy proxy() {
      try {
        return newProxy();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Where there is none, the test is skipped. One at a time is answered.
  public static AwsServer find() {
    var _ = endpoint();
    return new AwsServer(Shared.PROXY.address());
  }

  public static URI endpoint() {
    String address =
        Optional.ofNullable(System.getProperty("edgewright.aws.endpoint"))
            .or(() -> Optional.ofNullable(System.getenv("EDGEWRIGHT_AWS_ENDPOINT")))
            .orElse("");
    assumeTrue(
        !address.isEmpty(),
        "needs a server for AWS's protocols at -Dedgewright.aws.endpoint, which"
            + " ./edgewright test --localstack starts");
    return URI.create(address);
  }

  /// DynamoDB may come from another server than the rest.
  public static AwsProxy newProxy() throws IOException {
    URI all = endpoint();
    String others = System.getProperty("edgewright.localstack.endpoint", all.toString());
    return new AwsProxy(all, URI.create(others));
  }

  public URI address() {
    return endpoint;
  }

  private <B extends AwsClientBuilder<B, C>, C> B here(B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(ANYBODY);
  }

  public DynamoDbClient dynamo() {
    return Clients.small(here(DynamoDbClient.builder()));
  }

  public S3Client s3() {
    return Clients.large(here(S3Client.builder()).forcePathStyle(true));
  }

  public S3Presigner presigner() {
    return presigner(endpoint);
  }

  public static S3Presigner presigner(URI endpoint) {
    return S3Presigner.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(ANYBODY)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  public KmsClient kms() {
    return Clients.small(here(KmsClient.builder()));
  }

  public LambdaClient lambda() {
    return Clients.waiting(here(LambdaClient.builder()));
  }

  public SfnClient stepFunctions() {
    return Clients.small(here(SfnClient.builder()));
  }

  /// The ARN of a state machine that waits.
  public String newStateMachine() {
    return stepFunctions()
        .createStateMachine(request ->
            request
                .name("m" + UUID.randomUUID())
                .roleArn("arn:aws:iam::123456789012:role/r")
                .definition(
                    """
                    {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":60,"End":true}}}\
                    """))
        .stateMachineArn();
  }

  public String newBucket() {
    String name = "bucket-" + UUID.randomUUID();
    s3().createBucket(request ->
        request
            .bucket(name)
            .createBucketConfiguration(where -> where.locationConstraint("eu-central-1")));
    return name;
  }

  /// Makes these of the tables that `tables.json` lists, or all of them, empty.
  public Tables newTables(String... names) {
    String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + "-";
    DynamoDbClient client = dynamo();
    for (JsonNode table : description()) {
      if (names.length == 0 || List.of(names).contains(table.required("name").asText())) {
        create(client, prefix, table);
      }
    }
    return new Tables(client, prefix);
  }

  public static JsonNode description() {
    try (InputStream in =
        Tables.class.getResourceAsStream("/io/edgewright/functions/aws/tables.json")) {
      return Json.parse(Objects.requireNonNull(in).readAllBytes()).required("tables");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void create(DynamoDbClient client, String prefix, JsonNode table) {
    List<GlobalSecondaryIndex> indexes = new ArrayList<>();
    for (JsonNode index : table.path("indexes")) {
      indexes.add(
          GlobalSecondaryIndex.builder()
              .indexName(index.required("name").asText())
              .keySchema(keys(index))
              .projection(what -> what.projectionType(index.required("projection").asText()))
              .build());
    }
    client.createTable(request -> {
      request
          .tableName(prefix + table.required("name").asText())
          .billingMode(BillingMode.PAY_PER_REQUEST)
          .keySchema(keys(table))
          .attributeDefinitions(attributes(table));
      if (!indexes.isEmpty()) {
        request.globalSecondaryIndexes(indexes);
      }
    });
  }

  private static List<KeySchemaElement> keys(JsonNode of) {
    List<KeySchemaElement> keys = new ArrayList<>();
    keys.add(key(of.required("partitionKey"), KeyType.HASH));
    if (of.has("sortKey")) {
      keys.add(key(of.required("sortKey"), KeyType.RANGE));
    }
    return keys;
  }

  private static KeySchemaElement key(JsonNode key, KeyType type) {
    return KeySchemaElement.builder()
        .attributeName(key.required("name").asText())
        .keyType(type)
        .build();
  }

  private static List<AttributeDefinition> attributes(JsonNode table) {
    List<JsonNode> keys = new ArrayList<>();
    List<JsonNode> owners = new ArrayList<>(List.of(table));
    table.path("indexes").forEach(owners::add);
    for (JsonNode owner : owners) {
      keys.add(owner.path("partitionKey"));
      keys.add(owner.path("sortKey"));
    }
    return keys.stream()
        .filter(JsonNode::isObject)
        .map(key ->
            AttributeDefinition.builder()
                .attributeName(key.required("name").asText())
                .attributeType(key.required("type").asText())
                .build())
        .distinct()
        .toList();
  }
}
