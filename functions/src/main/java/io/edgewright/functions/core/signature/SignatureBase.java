package io.edgewright.functions.core.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.function.UnaryOperator;

/// The text under a signature (RFC 9421 section 2.5), and its check with ECDSA P-256 (3.3.4).
record SignatureBase(String text) {

  /// @param components in the order in which they were signed
  /// @param valueOf a component's value
  /// @param parameters the inner list with its parameters, as it came
  static SignatureBase of(
      List<String> components, UnaryOperator<String> valueOf, String parameters) {
    StringBuilder text = new StringBuilder();
    for (String component : components) {
      String value = valueOf.apply(component);
      text.append('"').append(component).append("\": ").append(value).append('\n');
    }
    return new SignatureBase(text.append("\"@signature-params\": ").append(parameters).toString());
  }

  /// @param signature r and s, 32 bytes each
  boolean isSignedBy(ECPublicKey key, byte[] signature) {
    try {
      Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
      check.initVerify(key);
      check.update(text.getBytes(StandardCharsets.UTF_8));
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      // A signature of the wrong length, or a zero in it: no signature of this key.
      return false;
    }
  }
}
