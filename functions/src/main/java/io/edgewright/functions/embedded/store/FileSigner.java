package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Keys in files of their own, 0600, made at the first start. Two lines each: PKCS #8 and X.509 in
/// Base64, because the JDK cannot compute a public key from a private one.
public final class FileSigner implements Signer {
  private final Map<KeyRole, KeyPair> keys = new EnumMap<>(KeyRole.class);

  public FileSigner(Path folder) throws IOException {
    for (KeyRole role : KeyRole.values()) {
      Path file = folder.resolve(role.name().toLowerCase(Locale.ROOT) + ".key");
      byte[] text = Secrets.readOrMake(file, FileSigner::fresh);
      try {
        keys.put(role, read(new String(text, StandardCharsets.US_ASCII)));
      } catch (GeneralSecurityException | RuntimeException e) {
        throw new IOException("the key file " + file + " cannot be read", e);
      }
    }
  }

  private static byte[] fresh() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return (line(pair.getPrivate().getEncoded()) + line(pair.getPublic().getEncoded()))
          .getBytes(StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  private static String line(byte[] encoded) {
    return Base64.getEncoder().encodeToString(encoded) + "\n";
  }

  private static KeyPair read(String text) throws GeneralSecurityException {
    String[] lines = text.split("\n", -1);
    KeyFactory factory = KeyFactory.getInstance("EC");
    PrivateKey secret =
        factory.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines[0])));
    return new KeyPair(
        factory.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(lines[1]))),
        secret);
  }

  @Override
  public ECPublicKey publicKey(KeyRole role) {
    return (ECPublicKey) pair(role).getPublic();
  }

  @Override
  public byte[] sign(KeyRole role, byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair(role).getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key of " + role + " does not sign", e);
    }
  }

  private KeyPair pair(KeyRole role) {
    return Objects.requireNonNull(keys.get(role));
  }
}
