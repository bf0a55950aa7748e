package io.edgewright.device.trust;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.json.JsonValue;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose signatures count for a role, and how many are needed.
 *
 * @param threshold how many different keys must have signed
 * @param keys key by its id; a key of a kind that this program does not know is left out, it can
 *     only make the threshold harder to reach
 */
record RoleKeys(int threshold, Map<String, PublicKey> keys) {
  RoleKeys {
    keys = Map.copyOf(keys);
  }

  /** Reads {@code {"keyids": [...], "threshold": n}} against the table of keys beside it. */
  static RoleKeys read(JsonValue role, JsonValue keyTable) {
    int threshold = (int) role.require("threshold").integer(1, 1000);
    Map<String, PublicKey> keys = new HashMap<>();
    for (JsonValue id : role.require("keyids").items()) {
      Optional<JsonValue> key = keyTable.find(id.text());
      key.flatMap(RoleKeys::publicKey).ifPresent(found -> keys.put(id.text(), found));
    }
    return new RoleKeys(threshold, keys);
  }

  /** Refuses an envelope that too few different keys have signed. */
  void check(Envelope envelope) {
    if (!isMetBy(envelope)) {
      throw new DeviceException(
          DeviceErrorCode.METADATA_UNSIGNED,
          "metadata `" + envelope.role() + "`",
          signers(envelope) + " valid signatures by different trusted keys",
          "at least " + threshold,
          Refusal.KEEPS);
    }
  }

  boolean isMetBy(Envelope envelope) {
    return signers(envelope) >= threshold;
  }

  /** The key counts, not its name: one key listed under ten ids is one signer. */
  private int signers(Envelope envelope) {
    Set<ByteBuffer> signers = new HashSet<>();
    for (Envelope.SignatureOf signature : envelope.signatures()) {
      PublicKey key = keys.get(signature.keyId());
      if (key != null && verifies(key, envelope.signedBytes(), signature.bytes())) {
        signers.add(ByteBuffer.wrap(key.getEncoded()));
      }
    }
    return signers.size();
  }

  private static Optional<PublicKey> publicKey(JsonValue key) {
    String scheme = key.require("keytype").text() + "/" + key.require("scheme").text();
    String pem = key.require("keyval").require("public").text();
    if (!scheme.equals("ecdsa/ecdsa-sha2-nistp256")) {
      return Optional.empty();
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
      return Optional.of(
          KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException | IllegalArgumentException exception) {
      throw key.wrong("a PEM public key on the curve P-256");
    }
  }

  private static boolean verifies(PublicKey key, byte[] signed, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException exception) {
      return false; // bytes that are no signature at all are not a valid one
    }
  }
}
