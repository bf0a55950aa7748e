package io.edgewright.functions.core.store;

import java.time.Instant;
import java.util.List;

/// An enrolled device.
///
/// @param id the RFC 7638 thumbprint of its public key
/// @param publicKey the key as canonical JWK text
/// @param features what its processor says it can do, in the words of /proc/cpuinfo
public record Device(
    String id,
    String publicKey,
    String group,
    String target,
    List<String> features,
    String name,
    Instant enrolledAt) {
  public Device {
    features = List.copyOf(features);
  }
}
