package io.edgewright.cdk;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Deletes the stack's buckets with every version of what is in them.
record BucketRemoval(S3Client s3, String region, PrintStream out) {
  /// As many as S3 deletes at once.
  private static final int MOST_OBJECTS = 1_000;

  /// S3 writes access logs when it likes, at times into a bucket that was just emptied.
  private static final int TRIES = 3;

  /// The log comes last, because deleting from the other bucket is written there.
  void remove() {
    for (String name : List.of(Naming.STORE, Naming.ACCESS_LOG)) {
      s3.listBuckets(all -> all.prefix(name)).buckets().stream()
          .map(Bucket::name)
          .filter(bucket -> isOurs(bucket, name, region))
          .forEach(this::remove);
    }
  }

  /// Whether [Store] named a bucket so: others of the account may begin and end like these.
  static boolean isOurs(String bucket, String name, String region) {
    return bucket.matches(String.join("-", name, "[0-9]{12}", Pattern.quote(region)));
  }

  private void remove(String bucket) {
    for (int tried = 1; ; tried++) {
      empty(bucket);
      try {
        s3.deleteBucket(request -> request.bucket(bucket));
        out.println("bucket " + bucket + " deleted");
        return;
      } catch (S3Exception e) {
        if (tried == TRIES || !"BucketNotEmpty".equals(e.awsErrorDetails().errorCode())) {
          throw e;
        }
      }
    }
  }

  private void empty(String bucket) {
    for (var page : s3.listObjectVersionsPaginator(request -> request.bucket(bucket))) {
      List<ObjectIdentifier> all = new ArrayList<>();
      page.versions().forEach(one -> all.add(identifier(one.key(), one.versionId())));
      page.deleteMarkers().forEach(one -> all.add(identifier(one.key(), one.versionId())));
      for (int start = 0; start < all.size(); start += MOST_OBJECTS) {
        delete(bucket, all.subList(start, Math.min(start + MOST_OBJECTS, all.size())));
      }
    }
  }

  /// S3 answers 200 even where it deleted none of them.
  private void delete(String bucket, List<ObjectIdentifier> some) {
    List<S3Error> errors =
        s3.deleteObjects(request -> request.bucket(bucket).delete(all -> all.objects(some)))
            .errors();
    if (!errors.isEmpty()) {
      S3Error first = errors.getFirst();
      throw S3Exception.builder()
          .message(
              "%d objects of bucket %s stay, the first is `%s`: %s"
                  .formatted(errors.size(), bucket, first.key(), first.message()))
          .build();
    }
  }

  private static ObjectIdentifier identifier(String key, String version) {
    return ObjectIdentifier.builder().key(key).versionId(version).build();
  }
}
