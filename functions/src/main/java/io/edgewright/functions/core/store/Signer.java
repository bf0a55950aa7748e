package io.edgewright.functions.core.store;

import java.security.interfaces.ECPublicKey;

/// P-256 keys that never leave their place.
public interface Signer {
  ECPublicKey publicKey(KeyRole role);

  /// ECDSA over the SHA-256 of the message, as DER.
  byte[] sign(KeyRole role, byte[] message);
}
