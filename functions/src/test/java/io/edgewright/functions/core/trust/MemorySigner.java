package io.edgewright.functions.core.trust;

import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.Signer;
import io.edgewright.functions.core.store.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Keys that end with the test. Counts what it signs.
public final class MemorySigner implements Signer {
  private final Map<KeyRole, SigningKey> keys = new EnumMap<>(KeyRole.class);
  private final AtomicInteger signatures = new AtomicInteger();
  private Optional<SigningKey> previousRoot = Optional.empty();

  public MemorySigner() {
    for (KeyRole role : KeyRole.values()) {
      keys.put(role, new MemoryKey(pair()));
    }
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public SigningKey key(KeyRole role) {
    return Objects.requireNonNull(keys.get(role));
  }

  @Override
  public Optional<SigningKey> previousRoot() {
    return previousRoot;
  }

  /// @return the key that was the role's
  public SigningKey replace(KeyRole role) {
    SigningKey old = key(role);
    keys.put(role, new MemoryKey(pair()));
    if (role == KeyRole.ROOT) {
      previousRoot = Optional.of(old);
    }
    return old;
  }

  public void forgetPreviousRoot() {
    previousRoot = Optional.empty();
  }

  public int signatures() {
    return signatures.get();
  }

  private final class MemoryKey implements SigningKey {
    private final KeyPair pair;

    MemoryKey(KeyPair pair) {
      this.pair = pair;
    }

    @Override
    public ECPublicKey publicKey() {
      return (ECPublicKey) pair.getPublic();
    }

    @Override
    public byte[] sign(byte[] message) {
      signatures.incrementAndGet();
      try {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(message);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
