package io.edgewright.functions.core.device;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.Device;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;

/// A device's public key.
///
/// @param jwk the members that RFC 7638 names, in its order: the canonical text
/// @param publicKey the same key for the JDK
public record DeviceKey(String jwk, ECPublicKey publicKey) {
  private static final int COORDINATE_BYTES = 32;

  /// The RFC 7638 thumbprint, which is the device's id.
  public String thumbprint() {
    byte[] digest = Digest.of(jwk.getBytes(StandardCharsets.UTF_8)).bytes();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  public Device.Key stored() {
    return new Device.Key(thumbprint(), jwk);
  }

  /// A key that a device sent.
  ///
  /// @throws ServiceException when it is no P-256 public key
  public static DeviceKey of(JsonNode jwk) {
    if (jwk.has("d")) {
      throw invalid("a private key", "generate a new key pair: this one has left the device");
    }
    String type = jwk.path("kty").asText();
    String curve = jwk.path("crv").asText();
    if (!type.equals("EC") || !curve.equals("P-256")) {
      throw invalid(
          "`kty` `" + type + "`, `crv` `" + curve + "`",
          "send a key of `kty` `EC` and `crv` `P-256`");
    }
    String x = jwk.path("x").asText();
    String y = jwk.path("y").asText();
    try {
      return new DeviceKey(
          "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}",
          publicKey(new ECPoint(coordinate("x", x), coordinate("y", y))));
    } catch (GeneralSecurityException e) {
      throw invalid("a point that is not on the curve", "send the key as the device generated it");
    }
  }

  /// A key that was checked when it was stored.
  public static DeviceKey of(Device.Key stored) {
    return of(Json.trusted(stored.jwk()));
  }

  private static BigInteger coordinate(String name, String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    // One spelling a key, or one key would have several thumbprints.
    String canonical = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    if (bytes.length != COORDINATE_BYTES || !canonical.equals(text)) {
      throw invalid(
          "`" + name + "` with " + bytes.length + " bytes",
          "send `x` and `y` as 32 bytes each in base64url without padding");
    }
    return new BigInteger(1, bytes);
  }

  private static ECPublicKey publicKey(ECPoint point) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec p256 = parameters.getParameterSpec(ECParameterSpec.class);
    checkOnCurve(point, p256);
    return (ECPublicKey)
        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, p256));
  }

  /// y^2 = x^3 + ax + b (mod p). `KeyFactory` does not look.
  private static void checkOnCurve(ECPoint point, ECParameterSpec curve)
      throws GeneralSecurityException {
    BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right =
        x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB()).mod(p);
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.pow(2).mod(p).equals(right)) {
      throw new GeneralSecurityException("not on the curve");
    }
  }

  private static ServiceException invalid(String seen, String hint) {
    return new ServiceException(
        ServiceErrorCode.PUBLIC_KEY_INVALID,
        "/publicKey",
        seen,
        "a JWK of a P-256 public key: `kty`, `crv`, `x`, `y`",
        hint);
  }
}
