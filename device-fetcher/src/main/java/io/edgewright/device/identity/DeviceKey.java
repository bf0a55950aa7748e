package io.edgewright.device.identity;

import io.edgewright.device.json.JsonText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The device's own P-256 key. */
public final class DeviceKey {
  private static final int COORDINATE_BYTES = 32;
  private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair pair;

  private DeviceKey(KeyPair pair) {
    this.pair = pair;
  }

  public static DeviceKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new DeviceKey(generator.generateKeyPair());
    } catch (GeneralSecurityException exception) {
      throw new IllegalStateException("this Java has no P-256", exception);
    }
  }

  /**
   * Reads what {@link #pem} wrote.
   *
   * @throws IllegalArgumentException when the text is not a key pair whose halves belong together
   */
  public static DeviceKey fromPem(String pem) {
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      DeviceKey key =
          new DeviceKey(
              new KeyPair(
                  factory.generatePublic(new X509EncodedKeySpec(block(pem, "PUBLIC KEY"))),
                  factory.generatePrivate(new PKCS8EncodedKeySpec(block(pem, "PRIVATE KEY")))));
      byte[] probe = "edgewright".getBytes(StandardCharsets.US_ASCII);
      if (!key.verifies(probe, key.sign(probe))) {
        throw new IllegalArgumentException("the two halves of the key do not belong together");
      }
      return key;
    } catch (GeneralSecurityException exception) {
      throw new IllegalArgumentException("not a P-256 key pair in PEM", exception);
    }
  }

  /** Both halves: Java's PKCS#8 leaves the public one out and cannot compute it again. */
  public String pem() {
    return block("PRIVATE KEY", pair.getPrivate().getEncoded())
        + block("PUBLIC KEY", pair.getPublic().getEncoded());
  }

  /** The public half as a JSON Web Key, fields in the order that RFC 7638 hashes them. */
  public Map<String, String> jwk() {
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    Map<String, String> jwk = new TreeMap<>();
    jwk.put("crv", "P-256");
    jwk.put("kty", "EC");
    jwk.put("x", BASE64_URL.encodeToString(coordinate(key.getW().getAffineX())));
    jwk.put("y", BASE64_URL.encodeToString(coordinate(key.getW().getAffineY())));
    return jwk;
  }

  /** The name of this device everywhere: the RFC 7638 thumbprint of its public key. */
  public String thumbprint() {
    return thumbprint(jwk());
  }

  static String thumbprint(Map<String, String> jwk) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return BASE64_URL.encodeToString(digest.digest(JsonText.bytes(new TreeMap<>(jwk))));
    } catch (GeneralSecurityException exception) {
      throw new IllegalStateException("every Java platform has SHA-256", exception);
    }
  }

  /** ECDSA over SHA-256; 64 bytes, r then s (IEEE P1363), as HTTP signatures want it. */
  byte[] sign(byte[] message) {
    try {
      Signature signer = signature();
      signer.initSign(pair.getPrivate());
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException exception) {
      throw new IllegalStateException("the device key cannot sign", exception);
    }
  }

  boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = signature();
      verifier.initVerify(pair.getPublic());
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException exception) {
      return false;
    }
  }

  private static Signature signature() throws GeneralSecurityException {
    return Signature.getInstance("SHA256withECDSAinP1363Format");
  }

  /** Exactly 32 bytes: BigInteger drops leading zeros and may add one for the sign. */
  private static byte[] coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int count = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - count, fixed, COORDINATE_BYTES - count, count);
    return fixed;
  }

  private static String block(String name, byte[] encoded) {
    return "-----BEGIN "
        + name
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END "
        + name
        + "-----\n";
  }

  private static byte[] block(String pem, String name) {
    Matcher matcher =
        Pattern.compile(
                "-----BEGIN " + name + "-----([A-Za-z0-9+/=\\s]+)-----END " + name + "-----")
            .matcher(pem);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + name + " block in the PEM text");
    }
    return Base64.getMimeDecoder().decode(matcher.group(1));
  }
}
