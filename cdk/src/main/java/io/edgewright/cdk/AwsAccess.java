package io.edgewright.cdk;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// What this machine has of what AWS asks for.
///
/// @param configuredRegion that of the environment or of the profile
/// @param endpoint where AWS is, if it is not where it always is
record AwsAccess(
    AwsCredentialsProvider credentials,
    Supplier<Optional<String>> configuredRegion,
    Optional<URI> endpoint) {
  /// As the command line of AWS finds it.
  static AwsAccess standard() {
    return new AwsAccess(
        DefaultCredentialsProvider.builder().build(),
        AwsAccess::regionOfEnvironment,
        Optional.empty());
  }

  private static Optional<String> regionOfEnvironment() {
    try {
      return Optional.of(new DefaultAwsRegionProviderChain().getRegion().id());
    } catch (SdkClientException _) {
      return Optional.empty();
    }
  }

  /// The region to work in, once it is sure that there is one, and somebody to be. Nothing has been
  /// built or changed by then.
  String check(Optional<String> wanted) throws Operation.Refusal {
    String region = wanted.or(configuredRegion).orElse("");
    if (region.isEmpty()) {
      throw new Operation.Refusal(
          "no region: pass `--region REGION`, such as eu-west-1, or set AWS_REGION");
    }
    try {
      var _ = credentials.resolveCredentials();
    } catch (SdkClientException _) {
      throw new Operation.Refusal(
          "no AWS credentials: log in with `aws sso login` and set AWS_PROFILE, or set"
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; then run this again. Nothing was"
              + " changed. `--plan` shows without credentials what would be");
    }
    return region;
  }

  <C> C client(AwsClientBuilder<?, C> builder, String region) {
    endpoint.ifPresent(builder::endpointOverride);
    return builder.region(Region.of(region)).credentialsProvider(credentials).build();
  }
}
