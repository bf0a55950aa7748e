package io.edgewright.functions.core.store;

import java.security.interfaces.ECPublicKey;

/// A P-256 key that never leaves its place.
public interface SigningKey {
  ECPublicKey publicKey();

  /// ECDSA over the SHA-256 of the message, as DER.
  byte[] sign(byte[] message);
}
