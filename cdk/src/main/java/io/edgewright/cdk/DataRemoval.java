package io.edgewright.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.store.KeyRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/// Deletes what a stack leaves behind.
final class DataRemoval implements AutoCloseable {
  /// The longest that KMS waits: until then a key can be had back.
  private static final int KEY_DAYS = 30;

  private static final int MOST_OBJECTS = 1_000;

  private final Region region;
  private final DynamoDbClient dynamo;
  private final S3Client s3;
  private final KmsClient kms;

  DataRemoval(String region) {
    this.region = Region.of(region);
    this.dynamo = DynamoDbClient.builder().region(this.region).build();
    this.s3 = S3Client.builder().region(this.region).build();
    this.kms = KmsClient.builder().region(this.region).build();
  }

  /// The stack's keys, by their aliases, which go with the stack.
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (KeyRole role : KeyRole.values()) {
      String alias = "alias/" + Naming.PREFIX + role.name().toLowerCase(Locale.ROOT);
      try {
        keys.add(kms.describeKey(request -> request.keyId(alias)).keyMetadata().arn());
      } catch (NotFoundException _) {
        System.out.println("no key " + alias);
      }
    }
    return keys;
  }

  void remove(List<String> keys) {
    for (JsonNode table : Contract.tables()) {
      removeTable(Naming.PREFIX + table.required("name").asText());
    }
    s3.listBuckets(all -> all.prefix(Naming.PREFIX)).buckets().stream()
        .map(Bucket::name)
        .filter(name -> isOurs(name, region.id()))
        .forEach(this::removeBucket);
    for (String key : keys) {
      kms.scheduleKeyDeletion(request -> request.keyId(key).pendingWindowInDays(KEY_DAYS));
      System.out.println("key " + key + " goes in " + KEY_DAYS + " days");
    }
  }

  /// Whether [Store] named a bucket so: others of the account may begin and end like these.
  static boolean isOurs(String bucket, String region) {
    String account = "[0-9]{12}";
    return Stream.of(Naming.ACCESS_LOG, Naming.STORE)
        .anyMatch(name -> bucket.matches(String.join("-", name, account, Pattern.quote(region))));
  }

  private void removeTable(String name) {
    try {
      dynamo.updateTable(request -> request.tableName(name).deletionProtectionEnabled(false));
      dynamo.waiter().waitUntilTableExists(request -> request.tableName(name));
      dynamo.deleteTable(request -> request.tableName(name));
      System.out.println("table " + name + " deleted");
    } catch (ResourceNotFoundException _) {
      System.out.println("no table " + name);
    }
  }

  private void removeBucket(String name) {
    for (var page : s3.listObjectVersionsPaginator(request -> request.bucket(name))) {
      List<ObjectIdentifier> all = new ArrayList<>();
      page.versions().forEach(one -> all.add(identifier(one.key(), one.versionId())));
      page.deleteMarkers().forEach(one -> all.add(identifier(one.key(), one.versionId())));
      for (int start = 0; start < all.size(); start += MOST_OBJECTS) {
        var some = all.subList(start, Math.min(start + MOST_OBJECTS, all.size()));
        s3.deleteObjects(request -> request.bucket(name).delete(delete -> delete.objects(some)));
      }
    }
    s3.deleteBucket(request -> request.bucket(name));
    System.out.println("bucket " + name + " deleted");
  }

  private static ObjectIdentifier identifier(String key, String version) {
    return ObjectIdentifier.builder().key(key).versionId(version).build();
  }

  @Override
  public void close() {
    dynamo.close();
    s3.close();
    kms.close();
  }
}
