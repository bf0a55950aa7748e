package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.Signer;
import io.edgewright.functions.core.store.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Keys in files of their own, 0600, made at the first start. Two lines each: PKCS #8 and X.509 in
/// Base64, because the JDK cannot compute a public key from a private one.
public final class FileSigner implements Signer {
  private final Map<KeyRole, SigningKey> keys = new EnumMap<>(KeyRole.class);
  private final Optional<SigningKey> previousRoot;

  public FileSigner(Path folder) throws IOException {
    for (KeyRole role : KeyRole.values()) {
      Path file = file(folder, role);
      var _ = Secrets.readOrMake(file, FileSigner::fresh);
      keys.put(role, read(file));
    }
    Path previous = previousRoot(folder);
    previousRoot = Files.exists(previous) ? Optional.of(read(previous)) : Optional.empty();
  }

  private static Path file(Path folder, KeyRole role) {
    return folder.resolve(role.word() + ".key");
  }

  private static Path previousRoot(Path folder) {
    return folder.resolve("root.previous.key");
  }

  /// Puts a new key in the place of a role's, for signers that are made afterwards. The old one is
  /// gone, but that of the root is kept until [#forgetPreviousRoot]: it signs its successor.
  public static void replace(Path folder, KeyRole role) throws IOException {
    Path file = file(folder, role);
    if (role == KeyRole.ROOT) {
      Secrets.replace(previousRoot(folder), Files.readAllBytes(file));
    }
    Secrets.replace(file, fresh());
  }

  /// Once a root that names the present key is published.
  public static void forgetPreviousRoot(Path folder) throws IOException {
    Files.deleteIfExists(previousRoot(folder));
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

  private static SigningKey read(Path file) throws IOException {
    try {
      String[] lines = Files.readString(file, StandardCharsets.US_ASCII).split("\n", -1);
      KeyFactory factory = KeyFactory.getInstance("EC");
      PrivateKey secret =
          factory.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines[0])));
      PublicKey shown =
          factory.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(lines[1])));
      return new FileKey(secret, (ECPublicKey) shown);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException("the key file " + file + " cannot be read", e);
    }
  }

  private record FileKey(PrivateKey secret, ECPublicKey publicKey) implements SigningKey {
    @Override
    public byte[] sign(byte[] message) {
      try {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(secret);
        signature.update(message);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a key on P-256 does not sign", e);
      }
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
}
