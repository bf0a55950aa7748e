package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Against an account in this process, and what only that one does on demand.
class DataRemovalTest extends DataRemovalContract {
  private final FakeAws aws;

  DataRemovalTest() throws IOException {
    aws = new FakeAws();
  }

  @Override
  URI address() {
    return aws.address();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void keysCanBeHadBackForThirtyDays() {
    List<String> keys = addStack();
    try (DataRemoval removal = removal()) {
      removal.remove(removal.keys());
    }
    assertThat(aws.kms().days())
        .containsOnlyKeys(keys)
        .allSatisfy((_, days) -> assertThat(days).isEqualTo(30));
  }

  @Test
  void namesKeysThatStay() {
    List<String> keys = addStack();
    aws.kms().keep(keys.get(1));
    try (DataRemoval removal = removal()) {
      assertThatThrownBy(() -> removal.remove(removal.keys()))
          .hasMessageContaining("--key-id KEY`: " + keys.get(1) + " (AccessDeniedException");
    }
    assertThat(aws.kms().days()).hasSize(4).doesNotContainKey(keys.get(1));
  }

  /// Four objects with three versions each, in pages of three.
  @Test
  void goesThroughBucketsPageByPage() {
    account().addBucket(STORE, 4);
    try (DataRemoval removal = removal()) {
      removal.remove(List.of());
    }
    assertThat(account().buckets()).isEmpty();
    assertThat(aws.s3().deletedAtOnce()).containsExactly(3, 3, 3, 3);
  }

  @Test
  void saysWhichObjectsStayAndGoesOnTheNextTime() {
    account().addBucket(STORE, 2);
    aws.s3().keep("bundles/1");
    try (DataRemoval removal = removal()) {
      assertThatThrownBy(() -> removal.remove(List.of()))
          .isInstanceOf(S3Exception.class)
          .hasMessageContaining("3 objects of bucket " + STORE + " stay")
          .hasMessageContaining("`bundles/1`: Access Denied");
      aws.s3().letGo();
      removal.remove(List.of());
    }
    assertThat(account().buckets()).isEmpty();
  }

  @Test
  void emptiesALogAgainThatIsWrittenLate() {
    account().addBucket(LOG, 1);
    aws.s3().writeLate(LOG, 2);
    try (DataRemoval removal = removal()) {
      removal.remove(List.of());
    }
    assertThat(account().buckets()).isEmpty();
  }

  @Test
  void givesUpOnALogThatIsWrittenForEver() {
    account().addBucket(LOG, 1);
    aws.s3().writeLate(LOG, 3);
    try (DataRemoval removal = removal()) {
      assertThatThrownBy(() -> removal.remove(List.of())).hasMessageContaining("not empty");
    }
    assertThat(account().buckets()).containsExactly(LOG);
  }

  @Test
  void bucketsOfTheStackAreItsOwn() {
    assertThat(BucketRemoval.isOurs(STORE, Naming.STORE, AwsAccount.REGION)).isTrue();
    assertThat(BucketRemoval.isOurs(LOG, Naming.ACCESS_LOG, AwsAccount.REGION)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edgewright-backup-123456789012-eu-north-1",
        "edgewright-backup-eu-north-1",
        "edgewright-store-old-123456789012-eu-north-1",
        "edgewright-store-123456789012-us-west-1",
        "edgewright-store-123456789012-eu-north-1-copy",
        "edgewright-store"
      })
  void bucketsOfOthersAreLeftAlone(String bucket) {
    assertThat(BucketRemoval.isOurs(bucket, Naming.STORE, AwsAccount.REGION)).isFalse();
  }
}
