package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.ObjectStore.Joining;
import io.edgewright.functions.core.store.ObjectStore.Parts;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Objects that arrive in parts, as multipart uploads of S3. S3 knows the digests of the parts but
/// not that of the whole, so the parts are joined in staging, the whole is read there and held
/// against its digest, and only then copied to where it is seen.
final class S3Parts {
  private static final String STAGING = "staging/parts/";
  private static final int TAKEN = 412;

  private final S3Client client;
  private final String bucket;

  S3Parts(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /// A multipart upload as S3 knows it.
  record Staged(String key, String id) {}

  /// The name that [Parts] carry: where in staging, and what S3 calls it.
  private static String name(Staged staged) {
    return staged.key().substring(STAGING.length()) + "/" + staged.id();
  }

  static Staged staged(Parts upload) {
    int slash = upload.id().indexOf('/');
    return new Staged(STAGING + upload.id().substring(0, slash), upload.id().substring(slash + 1));
  }

  Parts begin(String key) {
    String place = STAGING + UUID.randomUUID();
    String id =
        client
            .createMultipartUpload(request ->
                request.bucket(bucket).key(place).checksumAlgorithm(ChecksumAlgorithm.SHA256))
            .uploadId();
    return new Parts(key, name(new Staged(place, id)));
  }

  Set<Integer> numbers(Parts upload) {
    Set<Integer> numbers = new TreeSet<>();
    list(staged(upload)).forEach(part -> numbers.add(part.partNumber()));
    return numbers;
  }

  /// Empty when S3 does not know the upload, or not any more.
  private List<Part> list(Staged staged) {
    try {
      return client
          .listPartsPaginator(
              request -> request.bucket(bucket).key(staged.key()).uploadId(staged.id()))
          .parts()
          .stream()
          .toList();
    } catch (NoSuchUploadException _) {
      return List.of();
    }
  }

  Joining join(Parts upload, int count, Digest expected) throws IOException {
    Staged staged = staged(upload);
    complete(staged, count);
    Optional<Digest> whole = digest(staged.key());
    if (whole.isEmpty()) {
      return Joining.GONE;
    }
    if (whole.get().equals(expected)) {
      copy(staged.key(), upload.key());
    }
    client.deleteObject(request -> request.bucket(bucket).key(staged.key()));
    return whole.get().equals(expected) ? Joining.JOINED : Joining.OTHER_CONTENT;
  }

  /// Does nothing where parts are missing, or where an earlier call did it already.
  private void complete(Staged staged, int count) {
    List<Part> parts = list(staged).stream().filter(part -> part.partNumber() <= count).toList();
    if (parts.size() < count
        || !IntStream.range(0, count).allMatch(i -> parts.get(i).partNumber() == i + 1)) {
      return;
    }
    List<CompletedPart> completed =
        parts.stream()
            .map(part ->
                CompletedPart.builder()
                    .partNumber(part.partNumber())
                    .eTag(part.eTag())
                    .checksumSHA256(part.checksumSHA256())
                    .build())
            .toList();
    try {
      client.completeMultipartUpload(request ->
          request
              .bucket(bucket)
              .key(staged.key())
              .uploadId(staged.id())
              .multipartUpload(all -> all.parts(completed)));
    } catch (NoSuchUploadException _) {
      // Somebody else was quicker, or the reply to an earlier try was lost.
    }
  }

  private Optional<Digest> digest(String key) throws IOException {
    try (InputStream whole = client.getObject(request -> request.bucket(bucket).key(key))) {
      return Optional.of(Digest.of(whole));
    } catch (NoSuchKeyException _) {
      return Optional.empty();
    }
  }

  /// Unless the key is taken. The condition is what counts; looking first saves the copy, and
  /// serves stores that do not know the condition.
  private void copy(String from, String to) {
    if (S3ObjectStore.size(client, bucket, to).isPresent()) {
      return;
    }
    try {
      Backoff.STANDARD.call(
          () ->
              client.copyObject(request ->
                  request
                      .sourceBucket(bucket)
                      .sourceKey(from)
                      .destinationBucket(bucket)
                      .destinationKey(to)
                      .ifNoneMatch("*")),
          S3ObjectStore::isConflict);
    } catch (S3Exception e) {
      if (e.statusCode() != TAKEN) {
        throw e;
      }
    }
  }

  void drop(Parts upload) {
    Staged staged = staged(upload);
    try {
      client.abortMultipartUpload(
          request -> request.bucket(bucket).key(staged.key()).uploadId(staged.id()));
    } catch (NoSuchUploadException _) {
      // Joined or dropped before.
    }
    client.deleteObject(request -> request.bucket(bucket).key(staged.key()));
  }
}
