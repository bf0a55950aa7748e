package io.edgewright.functions.core.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.Signer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HexFormat;

/// A key of the service as metadata shows it.
///
/// @param id the digest of the key's canonical JSON
record TrustKey(KeyRole role, String id, String pem) {
  static TrustKey of(Signer signer, KeyRole role) {
    String pem = pem(signer.publicKey(role));
    return new TrustKey(role, Digest.of(CanonicalJson.bytes(json(pem))).hex(), pem);
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

  /// The envelope with its one signature.
  String envelope(Signer signer, ObjectNode signed) {
    byte[] signature = signer.sign(role, CanonicalJson.bytes(signed));
    ObjectNode envelope = Json.object();
    envelope
        .putArray("signatures")
        .addObject()
        .put("keyid", id)
        .put("sig", HexFormat.of().formatHex(signature));
    envelope.set("signed", signed);
    return Json.text(envelope);
  }
}
