package io.edgewright.functions.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An enrolled device.
///
/// @param id the RFC 7638 thumbprint of the key that it enrolled with; it stays when the key
///   changes
/// @param key what it signs with now
/// @param features what its processor says it can do, in the words of /proc/cpuinfo
/// @param revokedAt when an operator shut it out, if one did
public record Device(
    String id,
    Key key,
    String group,
    String target,
    List<String> features,
    String name,
    Instant enrolledAt,
    Optional<Instant> revokedAt) {
  public Device {
    features = List.copyOf(features);
  }

  /// @param id the RFC 7638 thumbprint
  /// @param jwk the public key as canonical JWK text
  public record Key(String id, String jwk) {}
}
