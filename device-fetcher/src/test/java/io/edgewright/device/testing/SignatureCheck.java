package io.edgewright.device.testing;

import com.sun.net.httpserver.HttpExchange;
import io.edgewright.device.json.JsonText;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service's side of RFC 9421, written from the contract and not from the signer. */
final class SignatureCheck {
  private static final Pattern INPUT =
      Pattern.compile(
          "(\\(([^)]*)\\);created=(\\d+);nonce=\"([^\"]{22})\";keyid=\"([^\"]+)\";"
              + "alg=\"ecdsa-p256-sha256\")");

  private final Map<String, PublicKey> keys = new HashMap<>();
  private final Set<String> nonces = new HashSet<>();

  synchronized void enrol(String device, Map<String, String> jwk) {
    keys.put(device, publicKey(jwk.getOrDefault("x", ""), jwk.getOrDefault("y", "")));
  }

  /** The code of what is wrong with a request, if anything. */
  synchronized Optional<String> complaint(HttpExchange exchange, byte[] body, Instant now) {
    return complaint(exchange, body, now, "edgewright");
  }

  synchronized void forget() {
    keys.clear();
  }

  /** Takes another key for a device, if both signed; a device that has it by now may ask again. */
  synchronized Optional<String> rotate(
      HttpExchange exchange, byte[] body, Instant now, Map<String, String> jwk) {
    Matcher input = INPUT.matcher(member(exchange, "Signature-Input", "edgewright"));
    if (!input.matches()) {
      return Optional.of("EW-4040");
    }
    String old = input.group(5);
    String next = thumbprint(jwk);
    if (old.equals(next)) {
      return Optional.empty();
    }
    enrol(next, jwk);
    Optional<String> complaint = complaint(exchange, body, now, "edgewright-next");
    keys.remove(complaint.isPresent() ? next : old);
    return complaint;
  }

  /** A member of a dictionary with one or both of the labels. */
  private static String member(HttpExchange exchange, String header, String label) {
    String all = String.valueOf(exchange.getRequestHeaders().getFirst(header));
    for (String member : all.split(", (?=edgewright)", -1)) {
      if (member.startsWith(label + "=")) {
        return member.substring(label.length() + 1);
      }
    }
    return "";
  }

  private Optional<String> complaint(
      HttpExchange exchange, byte[] body, Instant now, String label) {
    var headers = exchange.getRequestHeaders();
    Matcher input = INPUT.matcher(member(exchange, "Signature-Input", label));
    String components =
        "\"@method\" \"@authority\" \"@path\" \"@query\""
            + (body.length > 0 ? " \"content-digest\"" : "");
    if (!input.matches() || !input.group(2).equals(components)) {
      return Optional.of("EW-4040");
    }
    PublicKey key = keys.get(input.group(5));
    if (key == null) {
      return Optional.of("EW-4045");
    }
    if (Math.abs(Long.parseLong(input.group(3)) - now.getEpochSecond()) > 300) {
      exchange.getResponseHeaders().set("Date", rfc1123(now));
      return Optional.of("EW-4042");
    }
    String digest = "sha-256=:" + Base64.getEncoder().encodeToString(sha256(body)) + ":";
    if (body.length > 0 && !digest.equals(headers.getFirst("Content-Digest"))) {
      return Optional.of("EW-4044");
    }
    URI address = exchange.getRequestURI();
    String base =
        "\"@method\": "
            + exchange.getRequestMethod()
            + "\n\"@authority\": "
            + headers.getFirst("Host")
            + "\n\"@path\": "
            + address.getRawPath()
            + "\n\"@query\": ?"
            + (address.getRawQuery() == null ? "" : address.getRawQuery())
            + (body.length > 0 ? "\n\"content-digest\": " + digest : "")
            + "\n\"@signature-params\": "
            + input.group(1);
    String signature = member(exchange, "Signature", label).replaceAll("^:|:$", "");
    if (!verifies(key, base, Base64.getDecoder().decode(signature))) {
      return Optional.of("EW-4041");
    }
    return nonces.add(input.group(4)) ? Optional.empty() : Optional.of("EW-4043");
  }

  static String thumbprint(Map<String, String> jwk) {
    byte[] canonical = JsonText.print(new TreeMap<>(jwk)).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(canonical));
  }

  private static String rfc1123(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  private static boolean verifies(PublicKey key, String base, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
      verifier.initVerify(key);
      verifier.update(base.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(signature);
    } catch (GeneralSecurityException exception) {
      return false;
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException exception) {
      throw new IllegalStateException(exception);
    }
  }

  private static PublicKey publicKey(String x, String y) {
    try {
      AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
      curve.init(new ECGenParameterSpec("secp256r1"));
      ECPoint point = new ECPoint(coordinate(x), coordinate(y));
      return KeyFactory.getInstance("EC")
          .generatePublic(
              new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    } catch (GeneralSecurityException exception) {
      throw new IllegalStateException(exception);
    }
  }

  private static BigInteger coordinate(String text) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(text));
  }
}
