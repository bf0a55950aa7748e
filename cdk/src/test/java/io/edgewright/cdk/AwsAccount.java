package io.edgewright.cdk;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/// What tests put into an account, as a stack and others would leave it, and what they find there.
final class AwsAccount implements AutoCloseable {
  static final String REGION = "eu-north-1";

  private final AwsAccess access;
  private final DynamoDbClient dynamo;
  private final S3Client s3;
  private final KmsClient kms;

  AwsAccount(URI address) {
    access =
        new AwsAccess(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret")),
            Optional::empty,
            Optional.of(address));
    dynamo = access.client(DynamoDbClient.builder(), REGION);
    s3 = access.client(S3Client.builder().forcePathStyle(true), REGION);
    kms = access.client(KmsClient.builder(), REGION);
  }

  AwsAccess access() {
    return access;
  }

  void addTable(String name, boolean isProtected) {
    dynamo.createTable(table ->
        table
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .deletionProtectionEnabled(isProtected)
            .keySchema(KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName("id")
                    .attributeType(ScalarAttributeType.S)
                    .build()));
  }

  List<String> tables() {
    return dynamo.listTables().tableNames();
  }

  /// @param objects each with two versions and a marker that it was deleted
  void addBucket(String name, int objects) {
    s3.createBucket(bucket ->
        bucket
            .bucket(name)
            .createBucketConfiguration(
                where -> where.locationConstraint(BucketLocationConstraint.EU_NORTH_1)));
    s3.putBucketVersioning(bucket ->
        bucket
            .bucket(name)
            .versioningConfiguration(is -> is.status(BucketVersioningStatus.ENABLED)));
    for (int number = 0; number < objects; number++) {
      String key = "bundles/" + number;
      s3.putObject(object -> object.bucket(name).key(key), RequestBody.fromString("old"));
      s3.putObject(object -> object.bucket(name).key(key), RequestBody.fromString("new"));
      s3.deleteObject(object -> object.bucket(name).key(key));
    }
  }

  List<String> buckets() {
    return s3.listBuckets().buckets().stream().map(Bucket::name).toList();
  }

  /// @return its id
  String addKey(String alias, KeySpec spec) {
    String id =
        kms.createKey(key ->
                key.keySpec(spec)
                    .keyUsage(
                        spec == KeySpec.SYMMETRIC_DEFAULT
                            ? KeyUsageType.ENCRYPT_DECRYPT
                            : KeyUsageType.SIGN_VERIFY))
            .keyMetadata()
            .keyId();
    kms.createAlias(name -> name.aliasName(alias).targetKeyId(id));
    return id;
  }

  void removeAlias(String alias) {
    kms.deleteAlias(name -> name.aliasName(alias));
  }

  /// Those that somebody gave.
  List<String> aliases() {
    return kms.listAliases().aliases().stream()
        .map(AliasListEntry::aliasName)
        .filter(name -> !name.startsWith("alias/aws/"))
        .toList();
  }

  KeyState state(String key) {
    return kms.describeKey(request -> request.keyId(key)).keyMetadata().keyState();
  }

  @Override
  public void close() {
    dynamo.close();
    s3.close();
    kms.close();
  }
}
