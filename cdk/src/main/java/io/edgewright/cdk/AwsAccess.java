package io.edgewright.cdk;

import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// Whether this machine has what AWS asks for, found out before anything is built or changed.
final class AwsAccess {
  private AwsAccess() {}

  /// The region to work in.
  ///
  /// @throws Operation.Refusal when there is none, or nobody to be
  static String check(Optional<String> wanted) throws Operation.Refusal {
    String region = wanted.or(AwsAccess::configuredRegion).orElse("");
    if (region.isEmpty()) {
      throw new Operation.Refusal(
          "no region: pass `--region REGION`, such as eu-west-1, or set AWS_REGION");
    }
    checkCredentials();
    return region;
  }

  static Optional<String> configuredRegion() {
    try {
      return Optional.of(new DefaultAwsRegionProviderChain().getRegion().id());
    } catch (SdkClientException _) {
      return Optional.empty();
    }
  }

  private static void checkCredentials() throws Operation.Refusal {
    try (DefaultCredentialsProvider provider = DefaultCredentialsProvider.builder().build()) {
      var _ = provider.resolveCredentials();
    } catch (SdkClientException _) {
      throw new Operation.Refusal(
          "no AWS credentials: log in with `aws sso login` and set AWS_PROFILE, or set"
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; then run this again. Nothing was"
              + " created. `--plan` shows without credentials what would be");
    }
  }
}
