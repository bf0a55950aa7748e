package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.Digest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Addresses below `/objects/` that carry their own permission: method, key, end and, for an
/// upload, the content that is expected, under an HMAC. What S3's pre-signed addresses are on AWS.
public final class SignedAddresses {
  public static final String PREFIX = "/objects/";
  private static final String SIGNATURE = "signature";
  private static final String EXPIRES = "expires";

  private final byte[] secret;
  private final Clock clock;
  private final URI base;

  /// @param base scheme, host and port under which clients reach the service
  public SignedAddresses(byte[] secret, Clock clock, URI base) {
    this.secret = secret.clone();
    this.clock = clock;
    this.base = base;
  }

  URI download(String key, String fileName, Duration validity) {
    return address("GET", key, Map.of("name", fileName), validity);
  }

  URI upload(String key, long bytes, Digest digest, Duration validity) {
    return address(
        "PUT", key, Map.of("bytes", Long.toString(bytes), "sha256", digest.hex()), validity);
  }

  private URI address(String method, String key, Map<String, String> terms, Duration validity) {
    var query = new TreeMap<>(terms);
    query.put(EXPIRES, Long.toString(clock.instant().plus(validity).getEpochSecond()));
    query.put(SIGNATURE, signature(method, key, query));
    return base.resolve(
        PREFIX
            + key
            + query.entrySet().stream()
                .map(term -> term.getKey() + "=" + encode(term.getValue()))
                .collect(Collectors.joining("&", "?", "")));
  }

  /// @return why the address gives no permission, or nothing if it does
  public Optional<String> refusal(String method, String key, Map<String, String> query) {
    var terms = new TreeMap<>(query);
    String given = terms.remove(SIGNATURE);
    String expires = terms.get(EXPIRES);
    if (given == null || expires == null) {
      return Optional.of("an address without signature");
    }
    String signedMethod = method.equals("HEAD") ? "GET" : method;
    if (!MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8),
        signature(signedMethod, key, terms).getBytes(StandardCharsets.UTF_8))) {
      return Optional.of("a signature that does not fit method, path and query");
    }
    // Only now is `expires` known to be a number that this service wrote.
    return Long.parseLong(expires) < clock.instant().getEpochSecond()
        ? Optional.of("an address that ended at " + Instant.ofEpochSecond(Long.parseLong(expires)))
        : Optional.empty();
  }

  private String signature(String method, String key, SortedMap<String, String> terms) {
    StringBuilder text = new StringBuilder(method).append('\n').append(key);
    terms.forEach(
        (name, value) -> text.append('\n').append(name).append('=').append(encode(value)));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
