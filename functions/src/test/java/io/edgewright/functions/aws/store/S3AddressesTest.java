package io.edgewright.functions.aws.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.ObjectStore.Place;
import io.edgewright.functions.core.store.Samples;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3AddressesTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Digest DIGEST = Samples.digest("content");

  private final S3Addresses addresses =
      new S3Addresses(AwsServer.presigner(URI.create("http://127.0.0.1:1")), "bucket");

  private static Map<String, String> query(URI address) {
    Map<String, String> query = new HashMap<>();
    for (String term : address.getRawQuery().split("&", -1)) {
      int equals = term.indexOf('=');
      query.put(
          term.substring(0, equals),
          URLDecoder.decode(term.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return query;
  }

  @Test
  void expire() {
    URI address = addresses.download("bundles/abc.zip", "name.zip", HOUR);
    assertThat(address.getPath()).isEqualTo("/bucket/bundles/abc.zip");
    assertThat(query(address))
        .containsEntry("X-Amz-Expires", "3600")
        .containsEntry("response-content-disposition", "attachment; filename=\"name.zip\"")
        .containsKey("X-Amz-Signature");
  }

  @Test
  void letNoNameOutOfItsQuotes() {
    assertThat(query(addresses.download("bundles/abc.zip", "a\"; x=\r\n.zip", HOUR)))
        .containsEntry("response-content-disposition", "attachment; filename=\"a___x___.zip\"");
  }

  /// What is not among the signed headers, S3 does not hold against what arrives.
  @Test
  void bindAnUploadToItsLengthAndDigest() {
    Place place = addresses.upload("models/abc", new S3Addresses.Sent(7, DIGEST), HOUR);
    assertThat(place.headers())
        .containsEntry("x-amz-checksum-sha256", S3ObjectStore.base64(DIGEST));
    assertThat(query(place.url()).getOrDefault("X-Amz-SignedHeaders", "").split(";"))
        .contains("content-length", "host", "x-amz-checksum-sha256")
        .containsAll(place.headers().keySet());
    assertThat(query(place.url()))
        .containsEntry("X-Amz-Expires", "3600")
        .doesNotContainKey("x-amz-checksum-sha256");
  }

  @Test
  void bindAPartToItsUploadAndContent() {
    Place place =
        addresses.part(
            new S3Parts.Staged("staging/parts/x", "u1"), 3, new S3Addresses.Sent(7, DIGEST), HOUR);
    assertThat(query(place.url())).containsEntry("uploadId", "u1").containsEntry("partNumber", "3");
    assertThat(place.headers())
        .containsEntry("x-amz-checksum-sha256", S3ObjectStore.base64(DIGEST));
    assertThat(query(place.url()).getOrDefault("X-Amz-SignedHeaders", "").split(";"))
        .contains("content-length", "x-amz-checksum-sha256");
  }
}
