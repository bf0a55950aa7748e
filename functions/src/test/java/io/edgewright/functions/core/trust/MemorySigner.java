package io.edgewright.functions.core.trust;

import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.Signer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// Keys that end with the test. Counts what it signs.
public final class MemorySigner implements Signer {
  private final Map<KeyRole, KeyPair> keys = new EnumMap<>(KeyRole.class);
  private final AtomicInteger signatures = new AtomicInteger();

  public MemorySigner() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      for (KeyRole role : KeyRole.values()) {
        keys.put(role, generator.generateKeyPair());
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ECPublicKey publicKey(KeyRole role) {
    return (ECPublicKey) Objects.requireNonNull(keys.get(role)).getPublic();
  }

  public int signatures() {
    return signatures.get();
  }

  @Override
  public byte[] sign(KeyRole role, byte[] message) {
    signatures.incrementAndGet();
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(Objects.requireNonNull(keys.get(role)).getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
