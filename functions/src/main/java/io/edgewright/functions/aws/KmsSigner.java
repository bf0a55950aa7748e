package io.edgewright.functions.aws;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.Signer;
import io.edgewright.functions.core.store.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/// Keys of KMS, which signs and never gives them away.
public final class KmsSigner implements Signer {
  private final KmsClient client;
  private final Map<KeyRole, String> keys;
  private final Optional<String> previousRoot;
  private final Map<String, ECPublicKey> publicKeys = new ConcurrentHashMap<>();

  /// @param keys the id or ARN of each role's key
  /// @param previousRoot that of the root key before
  public KmsSigner(KmsClient client, Map<KeyRole, String> keys, Optional<String> previousRoot) {
    this.client = client;
    this.keys = Map.copyOf(keys);
    this.previousRoot = previousRoot;
  }

  @Override
  public SigningKey key(KeyRole role) {
    return Optional.ofNullable(keys.get(role))
        .map(OneKey::new)
        .orElseThrow(() -> new IllegalStateException("no key for " + role + " was configured"));
  }

  @Override
  public Optional<SigningKey> previousRoot() {
    return previousRoot.map(OneKey::new);
  }

  private final class OneKey implements SigningKey {
    private final String id;

    OneKey(String id) {
      this.id = id;
    }

    /// A key of KMS never changes, so one answer is enough.
    @Override
    public ECPublicKey publicKey() {
      return publicKeys.computeIfAbsent(id, KmsSigner.this::fetch);
    }

    /// KMS takes short messages only, so it is given the digest.
    @Override
    public byte[] sign(byte[] message) {
      return client
          .sign(request ->
              request
                  .keyId(id)
                  .messageType(MessageType.DIGEST)
                  .message(SdkBytes.fromByteArray(Digest.of(message).bytes()))
                  .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256))
          .signature()
          .asByteArray();
    }
  }

  private ECPublicKey fetch(String id) {
    byte[] der = client.getPublicKey(request -> request.keyId(id)).publicKey().asByteArray();
    try {
      return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key " + id + " is not on P-256", e);
    }
  }
}
