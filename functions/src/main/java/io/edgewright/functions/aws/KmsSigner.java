package io.edgewright.functions.aws;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.Signer;
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
  private final Map<KeyRole, ECPublicKey> publicKeys = new ConcurrentHashMap<>();

  /// @param keys the id or ARN of each role's key
  public KmsSigner(KmsClient client, Map<KeyRole, String> keys) {
    this.client = client;
    this.keys = Map.copyOf(keys);
  }

  private String key(KeyRole role) {
    return Optional.ofNullable(keys.get(role))
        .orElseThrow(() -> new IllegalStateException("no key for " + role + " was configured"));
  }

  /// A key of KMS never changes, so one answer is enough.
  @Override
  public ECPublicKey publicKey(KeyRole role) {
    return publicKeys.computeIfAbsent(role, this::fetch);
  }

  private ECPublicKey fetch(KeyRole role) {
    byte[] der = client.getPublicKey(request -> request.keyId(key(role))).publicKey().asByteArray();
    try {
      return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key for " + role + " is not on P-256", e);
    }
  }

  /// KMS takes short messages only, so it is given the digest.
  @Override
  public byte[] sign(KeyRole role, byte[] message) {
    return client
        .sign(request ->
            request
                .keyId(key(role))
                .messageType(MessageType.DIGEST)
                .message(SdkBytes.fromByteArray(Digest.of(message).bytes()))
                .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256))
        .signature()
        .asByteArray();
  }
}
