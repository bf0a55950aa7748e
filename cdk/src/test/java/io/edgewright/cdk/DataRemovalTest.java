package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataRemovalTest {
  private static final String REGION = "eu-west-1";

  @Test
  void bucketsOfTheStackAreItsOwn() {
    assertThat(DataRemoval.isOurs("edgewright-store-123456789012-eu-west-1", REGION)).isTrue();
    assertThat(DataRemoval.isOurs("edgewright-access-log-123456789012-eu-west-1", REGION)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edgewright-backup-123456789012-eu-west-1",
        "edgewright-backup-eu-west-1",
        "edgewright-store-old-123456789012-eu-west-1",
        "edgewright-store-123456789012-us-west-1",
        "edgewright-store-123456789012-eu-west-1-copy",
        "edgewright-store"
      })
  void bucketsOfOthersAreLeftAlone(String bucket) {
    assertThat(DataRemoval.isOurs(bucket, REGION)).isFalse();
  }
}
