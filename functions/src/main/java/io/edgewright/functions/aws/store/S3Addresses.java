package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.ObjectStore.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Addresses that the service signs and S3 honours until they expire. One to which something is
/// sent is good for that content alone: its length and its SHA-256 are headers under the signature.
/// In the address itself S3 would not heed them.
public final class S3Addresses {
  /// What every HTTP client says by itself.
  private static final List<String> SAID_ANYWAY = List.of("host", "content-length");

  private final S3Presigner signer;
  private final String bucket;

  public S3Addresses(S3Presigner signer, String bucket) {
    this.signer = signer;
    this.bucket = bucket;
  }

  /// What is to arrive.
  record Sent(long bytes, Digest digest) {}

  URI download(String key, String fileName, Duration validity) {
    return uri(
        signer.presignGetObject(presign ->
            presign
                .signatureDuration(validity)
                .getObjectRequest(get ->
                    get.bucket(bucket).key(key).responseContentDisposition(saveAs(fileName)))));
  }

  private static String saveAs(String fileName) {
    return "attachment; filename=\"" + fileName.replaceAll("[^A-Za-z0-9._-]", "_") + "\"";
  }

  Place upload(String key, Sent sent, Duration validity) {
    return place(
        signer.presignPutObject(presign ->
            presign
                .signatureDuration(validity)
                .putObjectRequest(put ->
                    put.bucket(bucket)
                        .key(key)
                        .contentLength(sent.bytes())
                        .checksumSHA256(S3ObjectStore.base64(sent.digest())))));
  }

  Place part(S3Parts.Staged upload, int number, Sent sent, Duration validity) {
    return place(
        signer.presignUploadPart(presign ->
            presign
                .signatureDuration(validity)
                .uploadPartRequest(part ->
                    part.bucket(bucket)
                        .key(upload.key())
                        .uploadId(upload.id())
                        .partNumber(number)
                        .contentLength(sent.bytes())
                        .checksumSHA256(S3ObjectStore.base64(sent.digest())))));
  }

  private static Place place(PresignedRequest request) {
    Map<String, String> headers = new TreeMap<>();
    request
        .signedHeaders()
        .forEach((name, values) -> {
          if (!SAID_ANYWAY.contains(name.toLowerCase(Locale.ROOT))) {
            headers.put(name, String.join(",", values));
          }
        });
    return new Place(uri(request), headers);
  }

  private static URI uri(PresignedRequest request) {
    try {
      return request.url().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the SDK signed what is no URI", e);
    }
  }
}
