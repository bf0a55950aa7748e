package io.edgewright.functions.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.StandardRetryStrategy;

/// How clients of AWS are made: region, credentials and endpoints from the environment, as the SDK
/// reads them.
public final class Clients {
  /// Enough to outlast a table or a bucket that splits under a sudden load.
  static final int TRIES = 8;

  private static final Duration CONNECTION = Duration.ofSeconds(2);

  /// Of one exchange; what moves models and bundles takes longer.
  private static final Duration SMALL = Duration.ofSeconds(5);

  private static final Duration LARGE = Duration.ofMinutes(5);

  /// With all tries together, below the 29 s after which API Gateway gives up.
  private static final Duration FUNCTION = Duration.ofSeconds(25);

  private Clients() {}

  /// Throttling, faults of a service and lost connections are tried again, with exponential backoff
  /// and full jitter, as long as the client's budget of retries lasts.
  public static StandardRetryStrategy retries() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(TRIES).build();
  }

  /// For requests and answers of some kilobytes.
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C small(
      B builder) {
    return make(builder, SMALL);
  }

  /// For whole models and bundles.
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C large(
      B builder) {
    return make(builder, LARGE);
  }

  /// For whoever waits until another function has done its work. It goes on when nobody waits any
  /// more, so what took too long is not asked for again.
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C waiting(
      B builder) {
    return make(builder, FUNCTION, overrides().apiCallTimeout(FUNCTION));
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C make(
      B builder, Duration longest) {
    return make(builder, longest, overrides().apiCallAttemptTimeout(longest));
  }

  private static ClientOverrideConfiguration.Builder overrides() {
    return ClientOverrideConfiguration.builder().retryStrategy(retries());
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C make(
      B builder, Duration longest, ClientOverrideConfiguration.Builder overrides) {
    return builder
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(CONNECTION).socketTimeout(longest))
        .overrideConfiguration(overrides.build())
        .build();
  }
}
