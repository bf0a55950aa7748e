package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.Content;
import io.edgewright.functions.core.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Objects of one bucket. A put is conditional (`If-None-Match: *`) and carries its SHA-256, which
/// S3 holds against what arrives before anybody sees the object.
public final class S3ObjectStore implements ObjectStore {
  private static final String MARK = "by";
  private static final int CONFLICT = 409;
  private static final int TAKEN = 412;
  private static final int MISSING = 404;
  private static final int FORBIDDEN = 403;

  private final S3Client client;
  private final String bucket;
  private final S3Addresses addresses;
  private final S3Parts parts;

  public S3ObjectStore(S3Client client, S3Addresses addresses, String bucket) {
    this.client = client;
    this.bucket = bucket;
    this.addresses = addresses;
    this.parts = new S3Parts(client, bucket);
  }

  static String base64(Digest digest) {
    return Base64.getEncoder().encodeToString(digest.bytes());
  }

  /// Whether it is the answer to a write that met another one on its way: worth another try.
  static boolean isConflict(SdkException fault) {
    return fault instanceof S3Exception answer && answer.statusCode() == CONFLICT;
  }

  private record Measured(long bytes, Digest digest) {
    static Measured of(Content content) throws IOException {
      MessageDigest digest = Digest.sha256();
      try (InputStream in = new DigestInputStream(content.open(), digest)) {
        long bytes = in.transferTo(OutputStream.nullOutputStream());
        return new Measured(bytes, Digest.finish(digest));
      }
    }
  }

  @Override
  public boolean putIfAbsent(String key, Content content) throws IOException {
    ObjectStore.checkedKey(key);
    Measured measured = Measured.of(content);
    RequestBody body =
        RequestBody.fromContentProvider(
            () -> open(content), measured.bytes(), "application/octet-stream");
    String mark = UUID.randomUUID().toString();
    try {
      Backoff.STANDARD.call(
          () ->
              client.putObject(
                  request ->
                      request
                          .bucket(bucket)
                          .key(key)
                          .ifNoneMatch("*")
                          .checksumSHA256(base64(measured.digest()))
                          .metadata(Map.of(MARK, mark)),
                  body),
          S3ObjectStore::isConflict);
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() != TAKEN) {
        throw e;
      }
      return isMarked(key, mark);
    }
  }

  private static InputStream open(Content content) {
    try {
      return content.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether it was this very put, whose reply was lost, that took the key. Whoever may write and
  /// not read cannot tell: then somebody took it.
  private boolean isMarked(String key, String mark) {
    try {
      return head(client, bucket, key)
          .filter(head -> mark.equals(head.metadata().get(MARK)))
          .isPresent();
    } catch (S3Exception e) {
      if (e.statusCode() != FORBIDDEN) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public Optional<Long> size(String key) {
    return size(client, bucket, ObjectStore.checkedKey(key));
  }

  static Optional<Long> size(S3Client client, String bucket, String key) {
    return head(client, bucket, key).map(HeadObjectResponse::contentLength);
  }

  private static Optional<HeadObjectResponse> head(S3Client client, String bucket, String key) {
    try {
      return Optional.of(client.headObject(request -> request.bucket(bucket).key(key)));
    } catch (S3Exception e) {
      if (e.statusCode() != MISSING) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @Override
  public Optional<byte[]> read(String key) {
    ObjectStore.checkedKey(key);
    try {
      return Optional.of(
          client.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray());
    } catch (NoSuchKeyException _) {
      return Optional.empty();
    }
  }

  @Override
  public boolean copyTo(String key, Path file) throws IOException {
    ObjectStore.checkedKey(key);
    Files.deleteIfExists(file);
    try {
      client.getObject(
          request -> request.bucket(bucket).key(key), ResponseTransformer.toFile(file));
      return true;
    } catch (NoSuchKeyException _) {
      return false;
    }
  }

  @Override
  public void delete(String key) {
    ObjectStore.checkedKey(key);
    client.deleteObject(request -> request.bucket(bucket).key(key));
  }

  @Override
  public Parts beginParts(String key) {
    return parts.begin(ObjectStore.checkedKey(key));
  }

  @Override
  public Place partAddress(Parts upload, int number, long bytes, Digest digest, Duration validity) {
    return addresses.part(
        S3Parts.staged(upload), number, new S3Addresses.Sent(bytes, digest), validity);
  }

  @Override
  public Set<Integer> parts(Parts upload) {
    return parts.numbers(upload);
  }

  @Override
  public Joining joinParts(Parts upload, int count, Digest expected) throws IOException {
    return parts.join(upload, count, expected);
  }

  @Override
  public void dropParts(Parts upload) {
    parts.drop(upload);
  }

  @Override
  public URI downloadAddress(String key, String fileName, Duration validity) {
    return addresses.download(ObjectStore.checkedKey(key), fileName, validity);
  }

  @Override
  public Place uploadAddress(String key, long bytes, Digest digest, Duration validity) {
    return addresses.upload(
        ObjectStore.checkedKey(key), new S3Addresses.Sent(bytes, digest), validity);
  }
}
