package io.edgewright.functions.core.signature;

import io.edgewright.functions.core.Digest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request as RFC 9421 sees it.
///
/// @param authority the Host header
/// @param query with its `?`, which stands alone when there is none
/// @param headers names in lower case
/// @param bodyDigest of the body's bytes, if there are any
public record SignedRequest(
    String method,
    String authority,
    String path,
    String query,
    Map<String, String> headers,
    Optional<Digest> bodyDigest) {

  public SignedRequest {
    headers = Map.copyOf(headers);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// The value of a component of the signature base (RFC 9421 section 2).
  ///
  /// @throws IllegalArgumentException when the request has no such component
  String component(String name) {
    return switch (name) {
      case "@method" -> method;
      case "@authority" -> withoutDefaultPort(authority.toLowerCase(Locale.ROOT));
      case "@path" -> path.isEmpty() ? "/" : path;
      case "@query" -> query;
      default ->
          header(name)
              .orElseThrow(() -> new IllegalArgumentException("no `" + name + "` in the request"))
              .strip();
    };
  }

  private static String withoutDefaultPort(String authority) {
    return authority.endsWith(":80") || authority.endsWith(":443")
        ? authority.substring(0, authority.lastIndexOf(':'))
        : authority;
  }

  /// What `Content-Digest` (RFC 9530) must hold for this body.
  Optional<String> expectedContentDigest() {
    return bodyDigest.map(
        digest -> "sha-256=:" + Base64.getEncoder().encodeToString(digest.bytes()) + ":");
  }
}
