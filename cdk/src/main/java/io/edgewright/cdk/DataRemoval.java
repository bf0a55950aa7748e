package io.edgewright.cdk;

import java.io.PrintStream;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Deletes what a stack leaves behind. What is gone already is passed over, so that a second run
/// goes on where the first one was stopped.
final class DataRemoval implements AutoCloseable {
  private final DynamoDbClient dynamo;
  private final S3Client s3;
  private final KmsClient kms;
  private final TableRemoval tables;
  private final BucketRemoval buckets;
  private final KeyRemoval keys;

  /// @param out is told what was deleted
  DataRemoval(AwsAccess aws, String region, PrintStream out) {
    dynamo = aws.client(DynamoDbClient.builder(), region);
    // A name before the host's own is what only AWS understands.
    s3 = aws.client(S3Client.builder().forcePathStyle(aws.endpoint().isPresent()), region);
    kms = aws.client(KmsClient.builder(), region);
    tables = new TableRemoval(dynamo, out);
    buckets = new BucketRemoval(s3, region, out);
    keys = new KeyRemoval(kms, out);
  }

  /// The stack's keys, to be asked for while it is there.
  List<String> keys() {
    return keys.find();
  }

  /// Keys come first: only this run knows them.
  void remove(List<String> found) {
    keys.remove(found);
    tables.remove();
    buckets.remove();
  }

  @Override
  public void close() {
    dynamo.close();
    s3.close();
    kms.close();
  }
}
