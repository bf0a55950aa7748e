package io.edgewright.functions.core.signature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.device.DeviceKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a device does to its requests, written from the contract alone, for tests.
public final class DeviceSigner {
  private static final SecureRandom RANDOM = new SecureRandom();
  private final KeyPair keys;

  public DeviceSigner() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public ObjectNode jwk() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    return Json.object()
        .put("kty", "EC")
        .put("crv", "P-256")
        .put("x", coordinate(key.getW().getAffineX()))
        .put("y", coordinate(key.getW().getAffineY()));
  }

  public String id() {
    return DeviceKey.of(jwk()).thumbprint();
  }

  public static String coordinate(BigInteger value) {
    byte[] bytes = new byte[32];
    byte[] signed = value.toByteArray();
    int from = Math.max(0, signed.length - 32);
    System.arraycopy(signed, from, bytes, 32 - signed.length + from, signed.length - from);
    return base64url(bytes);
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public static String nonce() {
    byte[] bits = new byte[16];
    RANDOM.nextBytes(bits);
    return base64url(bits);
  }

  /// The headers that make a request this device's.
  public Map<String, String> headers(
      String method, String authority, String path, String query, byte[] body, Instant created) {
    return headers(method, authority, path, query, body, created, nonce());
  }

  Map<String, String> headers(
      String method,
      String authority,
      String path,
      String query,
      byte[] body,
      Instant created,
      String nonce) {
    Map<String, String> components = new LinkedHashMap<>();
    components.put("@method", method);
    components.put("@authority", authority);
    components.put("@path", path);
    components.put("@query", query);
    Map<String, String> headers = new LinkedHashMap<>();
    if (body.length > 0) {
      String digest =
          "sha-256=:" + Base64.getEncoder().encodeToString(Digest.of(body).bytes()) + ":";
      components.put("content-digest", digest);
      headers.put("content-digest", digest);
    }
    String parameters =
        "(\""
            + String.join("\" \"", components.keySet())
            + "\");created="
            + created.getEpochSecond()
            + ";nonce=\""
            + nonce
            + "\";keyid=\""
            + id()
            + "\";alg=\"ecdsa-p256-sha256\"";
    headers.put("signature-input", "edgewright=" + parameters);
    headers.put("signature", "edgewright=:" + sign(components, parameters) + ":");
    return headers;
  }

  /// The signature headers of a request that is also signed with the key to come.
  public static Map<String, String> both(Map<String, String> now, Map<String, String> next) {
    Map<String, String> both = new LinkedHashMap<>();
    for (String header : List.of("signature-input", "signature")) {
      String later = next.getOrDefault(header, "").replaceFirst("^edgewright=", "edgewright-next=");
      both.put(header, now.get(header) + ", " + later);
    }
    return both;
  }

  private String sign(Map<String, String> components, String parameters) {
    StringBuilder text = new StringBuilder();
    components.forEach((name, value) -> text.append("\"" + name + "\": " + value + "\n"));
    text.append("\"@signature-params\": ").append(parameters);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(keys.getPrivate());
      signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
      byte[] bytes = signature.sign();
      return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, 64));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
