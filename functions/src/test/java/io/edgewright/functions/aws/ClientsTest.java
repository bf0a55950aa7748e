package io.edgewright.functions.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

class ClientsTest {
  @Test
  void triesAgainAsOftenAsIsSaidHere() {
    assertThat(Clients.retries().maxAttempts()).isEqualTo(Clients.TRIES);
    try (DynamoDbClient client =
        Clients.small(
            DynamoDbClient.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create()))) {
      var settings = client.serviceClientConfiguration().overrideConfiguration();
      assertThat(settings.retryStrategy().orElseThrow().maxAttempts()).isEqualTo(Clients.TRIES);
      assertThat(settings.apiCallAttemptTimeout()).contains(Duration.ofSeconds(5));
    }
  }

  @Test
  void givesModelsAndBundlesTime() {
    try (S3Client client =
        Clients.large(
            S3Client.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create()))) {
      var settings = client.serviceClientConfiguration().overrideConfiguration();
      assertThat(settings.apiCallAttemptTimeout()).contains(Duration.ofMinutes(5));
    }
  }
}
