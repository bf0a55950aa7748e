package io.edgewright.functions.aws.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.Content;
import io.edgewright.functions.core.store.Samples;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/// docs/operations.md, "Restore": records and objects on AWS.
@Tag("localstack")
class RestoreOnServerTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void anObjectIsBackWhenItsDeleteMarkerGoes() throws IOException {
    AwsServer server = AwsServer.find();
    S3Client s3 = server.s3();
    String bucket = server.newBucket();
    s3.putBucketVersioning(request ->
        request
            .bucket(bucket)
            .versioningConfiguration(is -> is.status(BucketVersioningStatus.ENABLED)));
    var store = new S3ObjectStore(s3, new S3Addresses(server.presigner(), bucket), bucket);
    assertThat(store.putIfAbsent("bundles/a.zip", Content.of("bundle".getBytes(UTF_8)))).isTrue();
    store.delete("bundles/a.zip");
    assertThat(store.read("bundles/a.zip")).isEmpty();
    var markers = s3.listObjectVersions(request -> request.bucket(bucket)).deleteMarkers();
    assertThat(markers).hasSize(1);
    s3.deleteObject(request ->
        request
            .bucket(bucket)
            .key(markers.getFirst().key())
            .versionId(markers.getFirst().versionId()));
    assertThat(store.read("bundles/a.zip")).hasValue("bundle".getBytes(UTF_8));
  }

  /// The server keeps no history, so what it restores is what there is now.
  @Test
  void aRestoredTableTakesThePlaceOfTheOldOne() {
    Tables tables = AwsServer.find().newTables("compilations");
    Compilation compilation = Samples.compilation("a", NOW, "host");
    CompilationStore store = new DynamoCompilationStore(tables, Clock.systemUTC(), Duration.ZERO);
    store.create(compilation);
    DynamoDbClient dynamo = tables.client();
    String table = tables.prefix() + "compilations";
    String restored = table + "-restored";
    dynamo.updateContinuousBackups(request ->
        request
            .tableName(table)
            .pointInTimeRecoverySpecification(is -> is.pointInTimeRecoveryEnabled(true)));
    dynamo.restoreTableToPointInTime(request ->
        request.sourceTableName(table).targetTableName(restored).useLatestRestorableTime(true));
    String backup =
        dynamo
            .createBackup(request -> request.tableName(restored).backupName("restored"))
            .backupDetails()
            .backupArn();
    dynamo.deleteTable(request -> request.tableName(table));
    dynamo.restoreTableFromBackup(request -> request.targetTableName(table).backupArn(backup));
    assertThat(store.find(compilation.id())).contains(compilation);
    dynamo.deleteTable(request -> request.tableName(restored));
  }
}
