package io.edgewright.functions.core.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.SignedMetadata;
import io.edgewright.functions.core.store.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// A key of the service as metadata shows it.
///
/// @param id the digest of the key's canonical JSON
record TrustKey(SigningKey key, String id, String pem) {
  static TrustKey of(SigningKey key) {
    String pem = pem(key.publicKey());
    return new TrustKey(key, Digest.of(CanonicalJson.bytes(json(pem))).hex(), pem);
  }

  ObjectNode json() {
    return json(pem);
  }

  private static ObjectNode json(String pem) {
    ObjectNode key = Json.object().put("keytype", "ecdsa").put("scheme", "ecdsa-sha2-nistp256");
    key.putObject("keyval").put("public", pem);
    return key;
  }

  private static String pem(PublicKey key) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(key.getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
  }

  /// What the keys sign, with a signature of each.
  static String envelope(List<TrustKey> keys, ObjectNode signed) {
    byte[] message = CanonicalJson.bytes(signed);
    ObjectNode envelope = Json.object();
    ArrayNode signatures = envelope.putArray("signatures");
    for (TrustKey one : keys) {
      signatures
          .addObject()
          .put("keyid", one.id)
          .put("sig", HexFormat.of().formatHex(one.key.sign(message)));
    }
    envelope.set("signed", signed);
    return Json.text(envelope);
  }

  boolean hasSigned(SignedMetadata metadata) {
    for (JsonNode signature : Json.trusted(metadata.json()).required("signatures")) {
      if (signature.required("keyid").asText().equals(id)) {
        return true;
      }
    }
    return false;
  }
}
