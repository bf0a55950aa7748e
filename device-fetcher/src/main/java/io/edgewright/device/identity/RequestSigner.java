package io.edgewright.device.identity;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests as RFC 9421 says, always over the same components: {@code @method @authority @path
 * @query}, and {@code content-digest} when there is a body. Each signature carries its time and a
 * nonce, so the service takes it once and only for five minutes.
 */
public final class RequestSigner {
  private static final int NONCE_BYTES = 16;

  private final Supplier<DeviceKey> key;
  private final Optional<DeviceKey> next;
  private final SecureRandom random;

  public RequestSigner(DeviceKey key, SecureRandom random) {
    this(() -> key, Optional.empty(), random);
  }

  /**
   * Signs twice, where there is a next key.
   *
   * @param key asked for at each request, because it may have changed since the last one
   * @param next the key that is to take its place
   */
  public RequestSigner(Supplier<DeviceKey> key, Optional<DeviceKey> next, SecureRandom random) {
    this.key = key;
    this.next = next;
    this.random = random;
  }

  /** The headers to add to a request. */
  public Map<String, String> headers(
      String method, URI address, byte @Nullable [] body, Instant created) {
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, String> components = new LinkedHashMap<>();
    components.put("@method", method);
    components.put("@authority", authority(address));
    components.put("@path", address.getRawPath().isEmpty() ? "/" : address.getRawPath());
    components.put("@query", "?" + (address.getRawQuery() == null ? "" : address.getRawQuery()));
    if (body != null) {
      headers.put("Content-Digest", contentDigest(body));
      components.put("content-digest", contentDigest(body));
    }
    addSignature(headers, "edgewright", key.get(), components, created);
    next.ifPresent(other -> addSignature(headers, "edgewright-next", other, components, created));
    return headers;
  }

  private void addSignature(
      Map<String, String> headers,
      String label,
      DeviceKey signer,
      Map<String, String> components,
      Instant created) {
    String parameters = parameters(components.keySet().stream().toList(), signer, created);
    byte[] signature = signer.sign(base(components, parameters).getBytes(StandardCharsets.UTF_8));
    String encoded = ":" + Base64.getEncoder().encodeToString(signature) + ":";
    headers.merge("Signature-Input", label + "=" + parameters, (one, two) -> one + ", " + two);
    headers.merge("Signature", label + "=" + encoded, (one, two) -> one + ", " + two);
  }

  /** RFC 9421 section 2.5: one line a component, the parameters last, no newline at the end. */
  static String base(Map<String, String> components, String parameters) {
    List<String> lines = new ArrayList<>();
    components.forEach((name, value) -> lines.add("\"" + name + "\": " + value));
    lines.add("\"@signature-params\": " + parameters);
    return String.join("\n", lines);
  }

  private String parameters(List<String> components, DeviceKey signer, Instant created) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return "(\"%s\");created=%d;nonce=\"%s\";keyid=\"%s\";alg=\"ecdsa-p256-sha256\""
        .formatted(
            String.join("\" \"", components),
            created.getEpochSecond(),
            Base64.getUrlEncoder().withoutPadding().encodeToString(nonce),
            signer.thumbprint());
  }

  /** Section 2.2.3: lower case, and no port where it is the scheme's own. */
  private static String authority(URI address) {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    int usual = "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    boolean named = address.getPort() != -1 && address.getPort() != usual;
    return named ? host + ":" + address.getPort() : host;
  }

  private static String contentDigest(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
    } catch (GeneralSecurityException exception) {
      throw new IllegalStateException("every Java platform has SHA-256", exception);
    }
  }
}
