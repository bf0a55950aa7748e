package io.edgewright.cdk;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/// The bucket of models, manifests, bundles and reports, and the one that keeps its access log.
/// Both outlive the stack.
final class Store extends Construct {
  /// What workers wrote and nobody published. A compilation is over within the hour.
  private static final Duration STAGING = Duration.days(7);

  /// How long what was deleted or replaced can be had back.
  private static final Duration OLD_VERSIONS = Duration.days(35);

  private static final Duration ACCESS_LOG = Duration.days(90);

  private final Bucket bucket;

  Store(Construct scope, String id) {
    super(scope, id);
    Bucket accessLog =
        base("AccessLog", Naming.ACCESS_LOG)
            .lifecycleRules(
                List.of(LifecycleRule.builder().id("age").expiration(ACCESS_LOG).build()))
            .build();
    bucket =
        base("Bucket", Naming.STORE)
            .versioned(true)
            .serverAccessLogsBucket(accessLog)
            .lifecycleRules(List.of(staging(), oldVersions()))
            .build();
  }

  private Bucket.Builder base(String id, String name) {
    return Bucket.Builder.create(this, id)
        // Named, so that a later stack finds what an earlier one left.
        .bucketName(String.join("-", name, Aws.ACCOUNT_ID, Aws.REGION))
        .encryption(BucketEncryption.S3_MANAGED)
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
        .enforceSsl(true)
        .minimumTlsVersion(1.2)
        .removalPolicy(RemovalPolicy.RETAIN);
  }

  private static LifecycleRule staging() {
    return LifecycleRule.builder()
        .id("staging")
        .prefix("staging/")
        .expiration(STAGING)
        .abortIncompleteMultipartUploadAfter(STAGING)
        .build();
  }

  private static LifecycleRule oldVersions() {
    return LifecycleRule.builder()
        .id("old versions")
        .noncurrentVersionExpiration(OLD_VERSIONS)
        .abortIncompleteMultipartUploadAfter(STAGING)
        .build();
  }

  Bucket bucket() {
    return bucket;
  }
}
